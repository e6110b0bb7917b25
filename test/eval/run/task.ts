import type { Prompt, ReadyModel } from '../../../src/core/ports/model.ts';
import type { DataFolder } from '../data/dataFolder.ts';
import type { Program } from '../languages/program.ts';

/** Questions of one kind, and what their score is called. */
export interface Suite {
  readonly name: string;
  readonly metric: 'exact match' | 'pass@1';
  /**
   * All of them, in the order of the data.
   * @param contextTokens what a prompt and its answer may take: what other files are shown depends on it.
   */
  tasks(data: DataFolder, contextTokens: number): Promise<Task[]>;
}

/** One question to a model, and how its answer is judged. */
export type Task = CompletionTask | ChatTask;

/** Asked as the extension asks for ghost text. */
export interface CompletionTask extends JudgedTask {
  readonly prompt: (model: ReadyModel) => Prompt;
}

/** Asked as the extension's chat asks, in whatever form the model's file has for that; without a system message. */
export interface ChatTask extends JudgedTask {
  readonly question: string;
}

interface JudgedTask {
  readonly id: string;
  /** A row of the report: the language, for most suites. */
  readonly group: string;
  /** Tasks with the same problem behind them are not independent. */
  readonly cluster: string;
  readonly maxTokens: number;
  readonly cut: Cut;
  readonly judge: Judge;
}

/** What counts of a text that is being written. */
export interface Counted {
  readonly text: string;
  /** Whatever else is written, the text will be the same: the model can be stopped. */
  readonly complete: boolean;
}

export type Cut = (written: string) => Counted;

export type Judge =
  | { readonly kind: 'exact'; readonly matches: (text: string) => boolean }
  | { readonly kind: 'run'; readonly program: (text: string) => Program };
