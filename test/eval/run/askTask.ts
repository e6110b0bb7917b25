import { Cancelled } from '../../../src/base/abort.ts';
import type { Model } from '../../../src/core/ports/model.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import { EvalProblem } from '../evalProblem.ts';
import type { Sample, Speed } from './sample.ts';
import type { Task } from './task.ts';

export interface Answered {
  readonly sample: Sample;
  readonly speed: Speed | undefined;
}

/**
 * Asks a model one task, greedily, and stops it where enough is written. The prompt is not shortened where it has too many
 * tokens, as one in the editor is: a suite is about whole problems.
 * @throws {@link ModelUnavailable} where there is no model; {@link EvalProblem} where it lacks a marker of the prompt.
 */
export async function askTask(model: Model, { id, prompt, maxTokens, cut }: Task): Promise<Answered> {
  const enough = new AbortController();
  let written = '';
  const sample = (end: Sample['finish']): Sample => {
    const { text, complete } = cut(written);
    return { id, text, finish: complete ? 'enough' : end };
  };
  try {
    const result = await model.complete({
      prompt,
      maxTokens,
      signal: enough.signal,
      onText: (text) => {
        written += text;
        if (cut(written).complete) enough.abort();
      },
    });
    return {
      sample: sample(result.finish === 'length' ? 'length' : 'model'),
      speed: {
        id,
        generatedTokens: result.generatedTokens,
        firstTokenMs: result.firstTokenMs === null ? null : rounded(result.firstTokenMs),
        totalMs: rounded(result.totalMs),
      },
    };
  } catch (error) {
    // A model may answer an abort either way.
    if (error instanceof Cancelled && enough.signal.aborted)
      return { sample: sample('model'), speed: undefined };
    if (!(error instanceof EngineError)) throw error;
    // A chat form of markers that the model does not have.
    if (error.kind === 'bad-request')
      throw new EvalProblem(`This model cannot be asked that way: ${error.message}`);
    if (error.kind !== 'prompt-too-long') throw error;
    return { sample: { id, text: '', finish: 'prompt too long' }, speed: undefined };
  }
}

function rounded(ms: number): number {
  return Math.round(10 * ms) / 10;
}
