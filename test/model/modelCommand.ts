import { ModelFetchError } from './errors.ts';
import { ensureModel, type EnsureModelOptions } from './fetchModel.ts';
import { progressBar } from './progressBar.ts';

/**
 * `npm run model`: progress and the model's path on stdout, one sentence on stderr if it fails. Returns the exit
 * code: 0, 1 for what the user can act on, 130 after Ctrl+C. Any other error is a bug and is thrown.
 */
export async function modelCommand(
  options: Omit<EnsureModelOptions, 'progress' | 'signal'> = {},
): Promise<number> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) {
      process.exit(130); // Asked a second time. The next run removes what this one leaves.
    }
    controller.abort(new Error('stopped'));
  };
  // Not `once`: signal-exit, which comes with node-llama-cpp, kills the process when it finds itself the only
  // listener left, before anything is cleaned up.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const path = await ensureModel({
      ...options,
      progress: progressBar(process.stdout),
      signal: controller.signal,
    });
    process.stdout.write(`${path}\n`);
    return 0;
  } catch (error) {
    if (controller.signal.aborted) {
      process.stderr.write(
        'Stopped before the test model was complete; run "npm run model" to start again.\n',
      );
      return 130;
    }
    if (error instanceof ModelFetchError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
