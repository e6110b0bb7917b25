import * as v from 'valibot';
import type { Params, Schemas } from './protocol.ts';

/** Both sides must name the same number in `hello`. Raise it with every change of a message's shape. */
export const PROTOCOL_VERSION = 5;

/**
 * What the host may ask of the engine process: one method per line, parameters in, reply out.
 * Every message type below is derived from this interface. Those about a loaded model name it.
 */
export interface EngineRequests {
  /** Must be the first call. Fails with `protocol` where the versions differ. */
  hello(params: v.InferOutput<typeof helloParams>): HelloReply;
  /** Loads a model and creates its lane. Reports {@link LoadProgress}; cancelling frees what was loaded. */
  load(params: v.InferOutput<typeof loadParams>): ModelFacts;
  unload(params: v.InferOutput<typeof modelParams>): null;
  /** Completes a prompt. Reports {@link CompleteProgress}; cancelling replies with what there is, `finish: 'cancelled'`. */
  complete(params: v.InferOutput<typeof completeParams>): CompleteReply;
  /**
   * Answers a conversation, between completions. Reports {@link ChatProgress}; cancelling replies with what there is,
   * `finish: 'cancelled'`. Fails with `prompt-too-long` where the window has no room for an answer, and with
   * `not-enough-memory` where the first conversation finds no room for its context.
   */
  chat(params: v.InferOutput<typeof chatParams>): ChatReply;
  /** How many tokens a conversation takes as a prompt. */
  chatTokens(params: v.InferOutput<typeof chatTokensParams>): ChatTokensReply;
  /** Evaluates a prompt's beginning ahead of time, for as long as nobody asks for anything. Cancellable. */
  warmUp(params: v.InferOutput<typeof warmUpParams>): WarmUpReply;
  /**
   * Times the loaded model in another context, run another way. Fails with `cancelled` as soon as a request comes or where
   * the machine is not quiet, and with `not-enough-memory` where a second context does not fit.
   */
  measure(params: v.InferOutput<typeof measureParams>): MeasureReply;
  /** Token ids of user text, or their count alone: never parses special tokens out of it. */
  tokenize(params: v.InferOutput<typeof tokenizeParams>): TokenizeReply;
  /** Reads the headers of model files, and how much memory is free. Loads nothing. */
  inspect(params: v.InferOutput<typeof inspectParams>): InspectReply;
  /** What is behind an address. Fetches nothing but a server's answer about it. */
  locate(params: v.InferOutput<typeof locateParams>): LocateReply;
  /**
   * Fetches a model's files, going on where an earlier try ended, and checks them. Reports {@link DownloadReport};
   * cancelling keeps what was fetched.
   */
  download(params: v.InferOutput<typeof downloadParams>): DownloadReply;
  status(params: v.InferOutput<typeof emptyParams>): EngineStatus;
  /** Replies, then frees everything and leaves the process. */
  shutdown(params: v.InferOutput<typeof emptyParams>): null;
}

export type EngineMethod = keyof EngineRequests;
export type ParamsOf<M extends EngineMethod> = Params<EngineRequests, M>;

/** The model's path: as long as a file system allows. */
const modelId = v.pipe(v.string(), v.minLength(1), v.maxLength(32_768));
const tokenCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000_000));
const emptyParams = v.object({});
const modelParams = v.object({ model: modelId });
const helloParams = v.object({ protocol: v.number(), client: v.string() });

const loadParams = v.object({
  model: modelId,
  path: v.string(),
  /** Size of the completion lane's context. The model's own window caps it. */
  contextTokens: tokenCount,
  /** ggml threads; 0 leaves one core free. */
  threads: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1024)),
  gpu: v.picklist(['auto', 'off']),
  /** Absent: what is known to be quicker for the kind of model. A mode that the backend cannot run is not taken. */
  flashAttention: v.optional(v.boolean()),
  /** Texts to look up in the vocabulary: those that are one token come back in {@link ModelFacts.singleTokens}. */
  probe: v.array(v.string()),
});

/** A stretch of the prompt, in order. Text is user content: no special token is ever read out of it. */
const promptPart = v.union([
  v.strictObject({ special: v.string() }),
  v.strictObject({ segment: v.string() }),
  v.strictObject({ text: v.string(), leadingSpace: v.optional(v.boolean()) }),
]);

/** `leadingSpace` keeps the space that SentencePiece vocabularies put before a text; others ignore it. */
const segment = v.strictObject({ id: v.string(), text: v.string(), leadingSpace: v.optional(v.boolean()) });

const completeParams = v.object({
  model: modelId,
  /** Parts before the first `text` are the stable part of the prompt: a cancelled request still evaluates them. */
  parts: v.pipe(v.array(promptPart), v.minLength(1)),
  /** Segments the engine may not have seen: id (a hash of the text) and text. */
  newSegments: v.array(segment),
  /** Token healing: what the completion has to begin with, and what the reply leaves out. '' for none. */
  heal: v.pipe(v.string(), v.maxLength(256)),
  /** Of the tokens that may come first, so many of the likeliest are passed over: another answer. Ends at once where there are no more. */
  skip: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8)), 0),
  maxTokens: tokenCount,
  /** Special tokens, by text, that end the completion besides the model's own. */
  stop: v.array(v.string()),
});

const chatTurn = v.strictObject({ role: v.picklist(['system', 'user', 'assistant']), text: v.string() });

const chatPart = v.union([
  v.strictObject({ special: v.string() }),
  v.strictObject({ text: v.string(), leadingSpace: v.optional(v.boolean()) }),
]);

const chatPrompt = v.union([
  /** For the form that the model's own file asks for; the last turn is the user's. */
  v.strictObject({ turns: v.pipe(v.array(chatTurn), v.minLength(1)) }),
  /** A form that the host knows better. `lead` is what stands before each answer and is no part of it. */
  v.strictObject({ parts: v.pipe(v.array(chatPart), v.minLength(1)), lead: v.string() }),
]);

const chatParams = v.object({
  model: modelId,
  prompt: chatPrompt,
  maxTokens: tokenCount,
  /** Which of many answers. 0: of the likeliest words; else of words drawn by chance, the same ones for the same number. */
  variant: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
const chatTokensParams = v.object({ model: modelId, prompt: chatPrompt });

const warmUpParams = v.object({
  model: modelId,
  parts: v.pipe(v.array(promptPart), v.minLength(1)),
  newSegments: v.array(segment),
  /** Milliseconds of work after which it ends; null for no bound. What was evaluated stays. */
  budgetMs: v.nullable(v.pipe(v.number(), v.minValue(0))),
});

const measureParams = v.object({
  model: modelId,
  flashAttention: v.boolean(),
  threads: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)),
  /** Tokens that stand before those whose time is taken. */
  depthTokens: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16_384)),
});

const tokenizeParams = v.object({ model: modelId, text: v.string(), countOnly: v.boolean() });

const inspectParams = v.object({
  paths: v.pipe(v.array(v.string()), v.maxLength(1000)),
  gpu: v.picklist(['auto', 'off']),
});

const nameOnHub = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/));

const modelAddress = v.variant('kind', [
  /** Whatever file the repository has for a quantization; an empty one leaves the choice to the hub. */
  v.object({ kind: v.literal('hf-quant'), user: nameOnHub, repo: nameOnHub, quant: v.string() }),
  v.object({
    kind: v.literal('hf-file'),
    user: nameOnHub,
    repo: nameOnHub,
    file: v.string(),
    branch: v.string(),
  }),
  v.object({ kind: v.literal('url'), url: v.pipe(v.string(), v.url()) }),
]);

const locateParams = v.object({ address: modelAddress });

const downloadParams = v.object({
  address: modelAddress,
  /** The model's files go into a folder of their own in here. */
  directory: v.pipe(v.string(), v.minLength(1)),
  /** Without a byte for this long, the download has failed. */
  stallTimeoutMs: v.pipe(v.number(), v.minValue(1)),
});

/** What the engine checks a request against before a handler sees it. */
export const PARAMS_SCHEMAS = {
  hello: helloParams,
  load: loadParams,
  unload: modelParams,
  complete: completeParams,
  chat: chatParams,
  chatTokens: chatTokensParams,
  warmUp: warmUpParams,
  measure: measureParams,
  tokenize: tokenizeParams,
  inspect: inspectParams,
  locate: locateParams,
  download: downloadParams,
  status: emptyParams,
  shutdown: emptyParams,
} as const satisfies Schemas<EngineRequests>;

export type PromptPart = v.InferOutput<typeof promptPart>;
export type Segment = v.InferOutput<typeof segment>;

export type ChatTurn = v.InferOutput<typeof chatTurn>;
export type ChatPart = v.InferOutput<typeof chatPart>;
export type ChatPrompt = v.InferOutput<typeof chatPrompt>;

export type ModelAddress = v.InferOutput<typeof modelAddress>;

export interface HelloReply {
  readonly protocol: number;
  readonly pid: number;
  readonly runtime: string;
}

export interface LoadProgress {
  readonly phase: 'reading' | 'weights' | 'context' | 'warm-up';
  /** From 0 to 1, of the whole load. */
  readonly fraction: number;
}

export interface ModelFacts {
  readonly architecture: string;
  /** GGUF `general.name`; may be empty. */
  readonly name: string;
  readonly fileBytes: number;
  /** Size of the created context; prompt and completion share it. */
  readonly contextTokens: number;
  readonly trainContextTokens: number;
  readonly backend: string;
  readonly gpuLayers: number;
  readonly threads: number;
  readonly flashAttention: boolean | 'auto';
  readonly addBos: boolean;
  /** The file says how a conversation is written; without that it was probably not taught any. */
  readonly hasChatTemplate: boolean;
  /** Texts of the tokens behind `tokenizer.ggml.fim_*_token_id`, as llama.cpp detected them. */
  readonly fimTokens: { readonly prefix?: string; readonly suffix?: string; readonly middle?: string };
  readonly singleTokens: readonly string[];
}

export interface CompleteProgress {
  /** Text generated since the last report: a token, or several that make one character. */
  readonly text: string;
  /** Natural logarithm of how likely the model held it. */
  readonly logProbability: number;
}

export interface CompleteReply {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'cancelled';
  readonly promptTokens: number;
  /** Of each part of the prompt, in order; BOS belongs to none. */
  readonly partTokens: readonly number[];
  /** Prompt tokens whose KV entries were kept from before. */
  readonly reusedTokens: number;
  /** Prompt tokens evaluated for this request. */
  readonly evaluatedTokens: number;
  readonly generatedTokens: number;
  readonly timings: CompleteTimings;
}

/** Milliseconds since the request reached the engine. */
export interface CompleteTimings {
  readonly startedMs: number;
  readonly prefilledMs: number;
  readonly firstTokenMs: number | null;
  readonly totalMs: number;
}

export interface ChatProgress {
  /** Text generated since the last report. */
  readonly text: string;
}

/** Whose form the prompt had: the host's, that of the template in the model's file, or a plain one, where the file has none. */
export type ChatForm = 'given' | 'template' | 'plain';

export interface ChatReply {
  /** `length`: cut off by `maxTokens` or by the window. */
  readonly finish: 'stop' | 'length' | 'cancelled';
  readonly form: ChatForm;
  readonly promptTokens: number;
  /** Prompt tokens whose KV entries were kept from before. */
  readonly reusedTokens: number;
  readonly evaluatedTokens: number;
  readonly generatedTokens: number;
  readonly timings: CompleteTimings;
}

export interface ChatTokensReply {
  readonly count: number;
}

export interface WarmUpReply {
  readonly promptTokens: number;
  /** Prompt tokens that the KV cache holds now. */
  readonly cachedTokens: number;
  readonly evaluatedTokens: number;
}

/** Milliseconds. */
export interface MeasureReply {
  /** Of 64 tokens of prefill. */
  readonly prefillMs: number;
  /** Of 16: what a key costs. */
  readonly keyMs: number;
  /** Of one generated token. */
  readonly tokenMs: number;
}

export interface TokenizeReply {
  readonly count: number;
  readonly tokens?: readonly number[];
}

export interface InspectReply {
  /** Memory for a model: of the machine, and of its GPU where there is one. */
  readonly freeBytes: number;
  /** One for each path, in order; null: its header cannot be read. */
  readonly files: readonly (ModelHeader | null)[];
}

export interface ModelHeader {
  /** Bytes of all files of the model. */
  readonly fileBytes: number;
  readonly trainContextTokens: number;
  /** Not an embedding model, an adapter or the image half of one. */
  readonly writesText: boolean;
  readonly layers: number;
  /** Query heads of the first layer. */
  readonly heads: number;
  /** Of all layers together. */
  readonly kvHeads: number;
  readonly keyLength: number;
  readonly valueLength: number;
  /** Numbers a layer keeps of a token, where the cache is compressed (MLA). */
  readonly latentLength?: number;
}

export interface LocateReply {
  /** Name of the first file. */
  readonly fileName: string;
  /** Of all files; 0 where the server does not say. */
  readonly sizeBytes: number;
}

export interface DownloadReport {
  readonly phase: 'downloading' | 'checking';
  readonly totalBytes: number;
  readonly downloadedBytes: number;
  /** Absent while it cannot be guessed. */
  readonly secondsLeft?: number;
}

export interface DownloadReply {
  /** The first file. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Files whose SHA-256 the server named and that have it. */
  readonly checkedFiles: number;
}

export interface LaneStatus {
  readonly model: string;
  readonly contextTokens: number;
  readonly cachedTokens: number;
  readonly busy: boolean;
  /** Tokens a second, averaged over recent work; absent until measured. */
  readonly prefillSpeed?: number;
  readonly decodeSpeed?: number;
  readonly chunkTokens: number;
}

export interface EngineStatus {
  readonly pid: number;
  readonly memoryBytes: number;
  readonly lanes: readonly LaneStatus[];
}
