import type {
  ChatPart,
  DownloadReply,
  DownloadReport,
  InspectReply,
  LoadProgress,
  LocateReply,
  MeasureReply,
  ModelAddress,
  ModelFacts,
  ParamsOf,
} from '../rpc/engineProtocol.ts';

/**
 * What the engine needs of an inference library. `llama/` implements it with node-llama-cpp; tests implement it with a
 * model that answers from a script. Token ids are plain numbers here.
 */
export interface Binding {
  /** Name and version of the library, for the report. */
  readonly name: string;
  /**
   * Loads a GGUF file and creates its lane's sequence.
   * @throws EngineError with the kind that names the cause; `cancelled` when `signal` aborted, with nothing left behind.
   */
  load(
    options: ParamsOf<'load'>,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<BoundModel>;
  inspect(options: ParamsOf<'inspect'>, signal: AbortSignal): Promise<InspectReply>;
  /** @throws EngineError `offline`, `not-found`, `access-denied`, `server-error`, `cancelled`. */
  locate(address: ModelAddress, signal: AbortSignal): Promise<LocateReply>;
  /** @throws EngineError what `locate` throws, and `disk-full`, `no-permission`, `wrong-download`. */
  download(
    options: ParamsOf<'download'>,
    onProgress: (progress: DownloadReport) => void,
    signal: AbortSignal,
  ): Promise<DownloadReply>;
}

export interface BoundModel {
  readonly facts: ModelFacts;
  readonly sequence: BoundSequence;
  readonly bosToken: number | undefined;
  readonly chatTemplate: FileTemplate;
  /**
   * Another sequence in a context of its own, as large as the first, which is gone with the model.
   * @throws EngineError `not-enough-memory`.
   */
  openSequence(): Promise<BoundSequence>;
  /**
   * Tokens of user text: special tokens are never read out of it.
   * @param leadingSpace keep the space a SentencePiece vocabulary puts before the first word; others ignore it.
   */
  tokenize(text: string, leadingSpace?: boolean): number[];
  /** The token of a special text, or undefined where the vocabulary has none that is exactly this. */
  specialToken(text: string): number | undefined;
  /** Text of a template, which may name special tokens, cut into those and what stands between them. */
  splitSpecials(text: string): ChatPart[];
  /** @param before tokens that stand before, for vocabularies in which a first token loses its leading space. */
  detokenize(tokens: readonly number[], before: readonly number[]): string;
  endsGeneration(token: number): boolean;
  /**
   * Times a second context, which is gone when this settles.
   * @throws EngineError `not-enough-memory`; `cancelled` when `signal` aborts, after the chunk in flight, or where the
   * machine is too busy for times to mean anything.
   */
  measure(options: Omit<ParamsOf<'measure'>, 'model'>, signal: AbortSignal): Promise<MeasureReply>;
  dispose(): Promise<void>;
}

/** How a model's file says that conversations are written. */
export interface FileTemplate {
  /** Jinja; undefined where the file has none. */
  readonly source: string | undefined;
  /** Texts of the tokens that begin and end a sequence; '' where the vocabulary has none. */
  readonly bos: string;
  readonly eos: string;
}

/** A token that may come next, and how likely the model holds it. */
export interface Candidate {
  readonly token: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** Takes one of the tokens that may come next, which come most likely first. */
export type Choose = (likeliest: Iterable<Candidate>) => Candidate | undefined;

/** One context's token sequence with its KV cache. One call at a time. */
export interface BoundSequence {
  readonly contextTokens: number;
  /** Tokens whose KV entries are held. */
  readonly length: number;
  /** Batches of 33 to 63 tokens cost more than one of 64 here (CPU flash attention leaves its tiled path). */
  readonly prefersChunksOf64: boolean;
  commonPrefixLength(tokens: readonly number[]): number;
  /** Forgets everything from `length` on. */
  truncate(length: number): Promise<void>;
  prefill(tokens: readonly number[]): Promise<void>;
  /**
   * Evaluates `tokens` (at least one) and yields generated tokens, by `choose` or else the most likely each time, until the
   * consumer stops. A yielded token enters the KV cache only when the next one is asked for.
   */
  generate(tokens: readonly number[], choose?: Choose): AsyncGenerator<Candidate, void, void>;
  /** Evaluates `tokens` and returns the best candidates for the next one, most likely first. */
  candidates(tokens: readonly number[]): Promise<Iterable<Candidate>>;
}
