import { Cancelled } from '../../../src/base/abort.ts';
import type { ChatModel } from '../../../src/core/ports/chatModel.ts';
import type { Model } from '../../../src/core/ports/model.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import type { Sample, Speed } from './sample.ts';
import type { Task } from './task.ts';

/** The model's two sides. */
export interface Asked {
  readonly model: Model;
  readonly chat: ChatModel;
}

export interface Answered {
  readonly sample: Sample;
  readonly speed: Speed | undefined;
}

/**
 * Asks a model one task, greedily, and stops it where enough is written. The prompt is not shortened where it has too many
 * tokens, as one in the editor is: a suite is about whole problems.
 * @throws {@link ModelUnavailable} where there is no model; {@link EvalProblem} where it lacks a marker of the prompt.
 */
export async function askTask(asked: Asked, task: Task): Promise<Answered> {
  const { id, cut } = task;
  const enough = new AbortController();
  let written = '';
  const sample = (end: Sample['finish']): Sample => {
    const { text, complete } = cut(written);
    return { id, text, finish: complete ? 'enough' : end };
  };
  const tooLong: Answered = { sample: { id, text: '', finish: 'prompt too long' }, speed: undefined };
  try {
    const result = await ask(asked, task, enough.signal, (text) => {
      written += text;
      if (cut(written).complete) enough.abort();
    });
    if (result === undefined) return tooLong;
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
    // A prompt of markers that the model does not have.
    if (error.kind === 'bad-request')
      throw new EvalProblem(`This model cannot be asked that way: ${error.message}`);
    if (error.kind !== 'prompt-too-long') throw error;
    return tooLong;
  }
}

interface Written {
  readonly finish: string;
  readonly generatedTokens: number;
  readonly firstTokenMs: number | null;
  readonly totalMs: number;
}

/** Undefined: the question has no room in the model's window. */
async function ask(
  { model, chat }: Asked,
  task: Task,
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<Written | undefined> {
  const { maxTokens } = task;
  if ('prompt' in task) return model.complete({ prompt: task.prompt, maxTokens, signal, onText });
  const answer = await chat.answer({
    ...{ turns: [{ role: 'user', text: task.question }], maxTokens, signal, onText },
  });
  return answer.finish === 'length' && answer.generatedTokens === 0 ? undefined : answer;
}

function rounded(ms: number): number {
  return Math.round(10 * ms) / 10;
}
