import { InsufficientMemoryError } from 'node-llama-cpp';
import { EngineError } from '../../rpc/engineError.ts';

/**
 * The typed error for a load that failed inside llama.cpp. Its exceptions say only that it failed, its log says why
 * (texts of llama-model-loader.cpp and llama-model.cpp), so the last log lines decide.
 */
export function loadError(
  error: unknown,
  signal: AbortSignal,
  logLines: readonly string[],
  path: string,
): EngineError {
  if (error instanceof EngineError) return error;
  if (signal.aborted) return new EngineError('cancelled', 'Loading was cancelled.');
  const text = [...logLines, error instanceof Error ? error.message : ''].join('\n');
  const architecture = /unknown model architecture: '([^']*)'/.exec(text)?.[1];
  if (architecture !== undefined) {
    return new EngineError(
      'unsupported-architecture',
      `This version of Deepwell cannot run models of architecture "${architecture}".`,
      { architecture, path },
      { cause: error },
    );
  }
  if (/not within the file bounds|corrupted or incomplete/.test(text)) {
    return new EngineError('truncated', `The model file ${path} is incomplete.`, { path }, { cause: error });
  }
  if (error instanceof InsufficientMemoryError || /unable to allocate|out of memory/i.test(text)) {
    return new EngineError(
      'not-enough-memory',
      'There is not enough memory for this model.',
      { path },
      { cause: error },
    );
  }
  const reason = logLines.findLast((line) => /error/i.test(line))?.trim();
  return new EngineError(
    'load-failed',
    `The model ${path} could not be loaded${reason ? `: ${reason}` : '.'}`,
    { path },
    { cause: error },
  );
}
