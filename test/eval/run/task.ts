import type { FimFormat } from '../../../src/core/completion/fimFormats.ts';
import type { Prompt, ReadyModel } from '../../../src/core/ports/model.ts';
import type { ChatFormat } from '../suites/chatFormats.ts';
import type { Program } from '../languages/program.ts';

/** What a prompt may depend on, beside its problem. */
export interface AskedModel {
  readonly ready: ReadyModel;
  /** None: it was not taught to answer, or not in a way known here. */
  readonly chat: ChatFormat | undefined;
}

/** One question to a model, and how its answer is judged. */
export interface Task {
  readonly id: string;
  /** Rows of the report: a language, for most suites. */
  readonly group: string;
  /** Tasks with the same problem behind them are not independent. */
  readonly cluster: string;
  readonly prompt: (model: AskedModel) => Prompt;
  readonly maxTokens: number;
  /**
   * As much of what was written as counts. `complete` where nothing after it can change that: the model is stopped there.
   * For any longer text it has to be the same.
   */
  readonly cut: (written: string) => { readonly text: string; readonly complete: boolean };
  readonly judge: Judge;
}

export type Judge =
  | { readonly kind: 'exact'; readonly matches: (text: string) => boolean }
  | { readonly kind: 'run'; readonly program: (text: string) => Program };

/** One suite of tasks, read from a folder of data. */
export interface Suite {
  readonly name: string;
  /** What one percentage is a share of. */
  readonly metric: 'exact match' | 'pass@1';
  readonly needs: 'nothing' | 'fim' | 'chat';
}

export type { FimFormat };
