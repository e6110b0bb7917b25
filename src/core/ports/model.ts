import type { Event } from '../../base/emitter.ts';
import type { FimFormat } from '../completion/fimFormats.ts';
import type { Tuning } from '../models/tuning.ts';
import type { ModelProblem } from '../models/modelProblem.ts';

/** A model that completes text, wherever it runs. Features know this port and nothing of engines. */
export interface Model {
  readonly state: ModelState;
  readonly onDidChangeState: Event<ModelState>;
  /**
   * Completes a prompt, waiting for the model to be loaded, or waking it, if need be. An engine that dies meanwhile is restarted and
   * asked again, once.
   * @throws {@link Cancelled} when `signal` aborts; {@link ModelUnavailable} where there is no model to wait for.
   */
  complete(request: CompletionRequest): Promise<CompletionResult>;
  /** Evaluates a prompt ahead of time where the model is ready and idle; else does nothing. Never throws. */
  warmUp(request: WarmUpRequest): Promise<WarmUpResult>;
}

export interface WarmUpRequest {
  readonly prompt: (model: ReadyModel, scale: number) => Prompt;
  /** Milliseconds of work it may cost; undefined for no bound. */
  readonly budgetMs: number | undefined;
  readonly signal: AbortSignal;
}

export interface WarmUpResult {
  readonly evaluatedTokens: number;
  readonly elapsedMs: number;
}

export type ModelState =
  /** Nobody asked for long and its memory is free: the next {@link Model.complete} loads it again. */
  | { readonly kind: 'asleep' }
  | { readonly kind: 'loading'; /** 0 to 1 */ readonly fraction: number }
  | { readonly kind: 'ready'; readonly model: ReadyModel }
  | { readonly kind: 'failed'; readonly problem: ModelProblem };

export interface ReadyModel {
  /** What to call it: the file's own name for itself, or its file name. */
  readonly name: string;
  /** How it was taught to fill in the middle; undefined: it only continues text. */
  readonly format: FimFormat | undefined;
  /** Prompt and completion together. */
  readonly contextTokens: number;
  readonly backend: string;
  readonly gpuLayers: number;
  /** How it is run on this machine, and why so; absent where that is not ours to choose. */
  readonly tuning?: Tuning;
}

/** Pieces from most to least stable. `segment` texts are kept by the engine between requests, `text` is sent each time. */
export type PromptPiece =
  | { readonly special: string }
  | { readonly segment: string; readonly leadingSpace: boolean }
  | { readonly text: string; readonly leadingSpace: boolean };

export interface CompletionRequest {
  /**
   * Built when the model is ready, because only then its format and window are known. Called again for each attempt
   * (a shorter prompt, another engine); what `onText` was given before is not given again.
   */
  readonly prompt: (model: ReadyModel, scale: number) => Prompt;
  readonly maxTokens: number;
  /** Another answer than the likeliest: of what may come first, so many of the likeliest are passed over. */
  readonly skip?: number;
  readonly signal: AbortSignal;
  /**
   * Generated text since the last call, a token or so, and the natural logarithm of how likely the model held it; 0 where
   * that is not known.
   */
  readonly onText: (text: string, logProbability: number) => void;
}

export interface Prompt {
  readonly pieces: readonly PromptPiece[];
  /** Taken off the text before the cursor: the engine lets the model write it again, and gives only what follows it. */
  readonly heal: string;
}

export interface CompletionResult {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'cancelled';
  readonly promptTokens: number;
  /** Of each piece of the prompt, in order; what the format puts before all of them belongs to none. */
  readonly partTokens: readonly number[];
  readonly reusedTokens: number;
  readonly evaluatedTokens: number;
  readonly generatedTokens: number;
  /** Milliseconds inside the engine until the first token; null where there was none. */
  readonly firstTokenMs: number | null;
  readonly prefillMs: number;
  readonly totalMs: number;
}

/** Thrown by {@link Model.complete}: there is no model, and waiting would not bring one. */
export class ModelUnavailable extends Error {
  readonly problem: ModelProblem;

  constructor(problem: ModelProblem) {
    super(problem.message);
    this.name = 'ModelUnavailable';
    this.problem = problem;
  }
}
