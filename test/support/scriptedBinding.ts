import type {
  Binding,
  BoundModel,
  BoundSequence,
  Candidate,
  Choose,
  FileTemplate,
} from '../../src/engine/binding.ts';
import { EngineError } from '../../src/rpc/engineError.ts';
import type {
  ChatPart,
  LoadProgress,
  MeasureReply,
  ModelFacts,
  ParamsOf,
} from '../../src/rpc/engineProtocol.ts';
import { Gate } from './gate.ts';

export interface Script {
  readonly architecture?: string;
  /** What follows a text that ends like this. Nothing fits: the model ends its generation. */
  readonly continuations?: Readonly<Record</* ending */ string, /* continuation */ string>>;
  /** Tokens of several characters. Every byte is a token besides, so `é` is two tokens where it is not a word. */
  readonly words?: readonly string[];
  /** Special tokens by text. `<end>` is always there and ends the generation. */
  readonly specials?: readonly string[];
  /** A special token that stands before every prompt. */
  readonly bos?: string;
  /** Jinja. None: the file has none. */
  readonly chatTemplate?: string;
  readonly contextTokens?: number;
  readonly prefersChunksOf64?: boolean;
  /** By the texts of tokens, where not 1. */
  readonly probabilities?: Readonly<Record<string, number>>;
}

export const END = '<end>';

const FIRST_WORD = 256;
const FIRST_SPECIAL = 10_000;

/** A {@link Binding} whose model answers from a script, held and failed at will by the test. */
export class ScriptedBinding implements Binding {
  readonly name = 'scripted';
  readonly models: ScriptedModel[] = [];
  private readonly _script: Script;
  private _gate: Gate | undefined;
  private _failure: Error | undefined;

  constructor(script: Script = {}) {
    this._script = script;
  }

  /** The next load waits at the gate, after which it fails with `cancelled` where its signal has aborted. */
  holdNextLoad(): Gate {
    return (this._gate = new Gate());
  }

  failNextLoad(error: Error): void {
    this._failure = error;
  }

  async load(
    options: ParamsOf<'load'>,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<BoundModel> {
    const failure = this._failure;
    const gate = this._gate;
    this._failure = this._gate = undefined;
    onProgress({ phase: 'weights', fraction: 0.5 });
    await gate?.pass();
    if (failure) throw failure;
    if (signal.aborted) throw new EngineError('cancelled', 'Loading was cancelled.');
    const model = new ScriptedModel({ contextTokens: options.contextTokens, ...this._script });
    this.models.push(model);
    return model;
  }

  inspect = notScripted;
  locate = notScripted;
  download = notScripted;
}

async function notScripted(): Promise<never> {
  throw new Error('Not scripted.');
}

export class ScriptedModel implements BoundModel {
  readonly facts: ModelFacts;
  readonly sequence: ScriptedSequence;
  readonly bosToken: number | undefined;
  readonly chatTemplate: FileTemplate;
  /** Every call of any of its sequences, in order: `prefill 16`, `chat generate 1`. */
  readonly calls: string[] = [];
  /** A call of one of its sequences is in flight. */
  computing = false;
  /** Of the conversations, once there was one. */
  chatSequence: ScriptedSequence | undefined;
  disposed = false;
  /** Each way it was asked to be timed. */
  readonly measured: Omit<ParamsOf<'measure'>, 'model'>[] = [];
  private _measureGate: Gate | undefined;
  private _openFailure: Error | undefined;
  private readonly _script: Script;
  private readonly _words: readonly string[];
  private readonly _specials: readonly string[];

  constructor(script: Script = {}) {
    // Longest first, so that the first that fits is the one a greedy tokenizer takes.
    this._words = [...(script.words ?? [])].map(toBytes).sort((a, b) => b.length - a.length);
    this._specials = [END, ...(script.specials ?? []), ...(script.bos === undefined ? [] : [script.bos])];
    this.bosToken = script.bos === undefined ? undefined : this.specialToken(script.bos);
    this.chatTemplate = { source: script.chatTemplate, bos: script.bos ?? '', eos: END };
    this._script = script;
    const contextTokens = script.contextTokens ?? 4096;
    this.sequence = new ScriptedSequence(this, script, contextTokens);
    this.facts = {
      architecture: script.architecture ?? 'scripted',
      name: 'Scripted',
      fileBytes: 1,
      contextTokens,
      trainContextTokens: contextTokens,
      backend: 'cpu',
      gpuLayers: 0,
      threads: 1,
      flashAttention: false,
      addBos: script.bos !== undefined,
      hasChatTemplate: script.chatTemplate !== undefined,
      fimTokens: {},
      singleTokens: this._specials,
    };
  }

  tokenize(text: string): number[] {
    return this.tokenizeBytes(toBytes(text));
  }

  specialToken(text: string): number | undefined {
    const index = this._specials.indexOf(text);
    return index < 0 ? undefined : FIRST_SPECIAL + index;
  }

  splitSpecials(text: string): ChatPart[] {
    const parts: ChatPart[] = [];
    let plain = '';
    for (let at = 0; at <= text.length;) {
      const special = this._specials.find((each) => text.startsWith(each, at));
      if ((special !== undefined || at === text.length) && plain !== '') parts.push({ text: plain });
      if (special !== undefined) parts.push({ special });
      plain = special === undefined ? plain + text.charAt(at) : '';
      at += special?.length ?? 1;
    }
    return parts;
  }

  failNextOpen(error: Error): void {
    this._openFailure = error;
  }

  async openSequence(): Promise<ScriptedSequence> {
    const failure = this._openFailure;
    this._openFailure = undefined;
    if (failure) throw failure;
    const { contextTokens } = this.sequence;
    return (this.chatSequence = new ScriptedSequence(this, this._script, contextTokens, 'chat '));
  }

  detokenize(tokens: readonly number[]): string {
    const bytes = tokens.map((token) => (token >= FIRST_SPECIAL ? '' : this.bytesOf(token))).join('');
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }

  /** The next measurement waits at the gate, after which it fails with `cancelled` where its signal has aborted. */
  holdNextMeasure(): Gate {
    return (this._measureGate = new Gate());
  }

  /** Flash attention halves the time, and so does half of the threads. */
  async measure(options: Omit<ParamsOf<'measure'>, 'model'>, signal: AbortSignal): Promise<MeasureReply> {
    this.measured.push(options);
    const gate = this._measureGate;
    this._measureGate = undefined;
    await gate?.pass();
    if (signal.aborted) throw new EngineError('cancelled', 'Measuring was cancelled.');
    const factor = (options.flashAttention ? 0.5 : 1) * options.threads;
    return { prefillMs: 640 * factor, keyMs: 160 * factor, tokenMs: 20 * factor };
  }

  endsGeneration(token: number): boolean {
    return token === FIRST_SPECIAL;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
  }

  tokenizeBytes(bytes: string): number[] {
    const tokens: number[] = [];
    for (let at = 0; at < bytes.length;) {
      const word = this._words.findIndex((each) => bytes.startsWith(each, at));
      tokens.push(word < 0 ? bytes.charCodeAt(at) : FIRST_WORD + word);
      at += word < 0 ? 1 : (this._words[word]?.length ?? 1);
    }
    return tokens;
  }

  /** Bytes as characters below 256; special tokens as their texts. */
  bytesOf(token: number): string {
    if (token >= FIRST_SPECIAL) return this._specials[token - FIRST_SPECIAL] ?? '';
    if (token >= FIRST_WORD) return this._words[token - FIRST_WORD] ?? '';
    return String.fromCharCode(token);
  }

  specialAtStart(text: string): number | undefined {
    const index = this._specials.findIndex((special) => text.startsWith(special));
    return index < 0 ? undefined : FIRST_SPECIAL + index;
  }

  allTokens(): number[] {
    return [
      ...Array.from({ length: FIRST_WORD + this._words.length }, (_, token) => token),
      ...this._specials.map((_, index) => FIRST_SPECIAL + index),
    ];
  }
}

type CallName = 'prefill' | 'truncate' | 'generate' | 'candidates';

/** A KV cache that is a list of tokens. Refuses what the real one would get wrong in silence. */
export class ScriptedSequence implements BoundSequence {
  readonly contextTokens: number;
  readonly prefersChunksOf64: boolean;
  /** Every call that changed the cache: `prefill 16`, `truncate 3`, in order. */
  readonly calls: string[] = [];
  private readonly _model: ScriptedModel;
  private readonly _prefix: string;
  private readonly _continuations: readonly (readonly [ending: string, continuation: string])[];
  private readonly _probabilities: Readonly<Record<string, number>>;
  private readonly _gates = new Map<CallName, Gate>();
  private readonly _failures = new Map<CallName, Error>();
  private _tokens: number[] = [];

  /** @param prefix of its calls in {@link ScriptedModel.calls}. */
  constructor(model: ScriptedModel, script: Script, contextTokens: number, prefix = '') {
    this._model = model;
    this._prefix = prefix;
    this._continuations = Object.entries(script.continuations ?? {}).map(
      ([ending, continuation]) => [toBytes(ending), toBytes(continuation)] as const,
    );
    this._probabilities = script.probabilities ?? {};
    this.contextTokens = contextTokens;
    this.prefersChunksOf64 = script.prefersChunksOf64 ?? false;
  }

  get length(): number {
    return this._tokens.length;
  }

  get tokens(): readonly number[] {
    return this._tokens;
  }

  /** The next call of this name waits at the gate before it does anything. */
  holdNext(name: CallName): Gate {
    const gate = new Gate();
    this._gates.set(name, gate);
    return gate;
  }

  failNext(name: CallName, error: Error): void {
    this._failures.set(name, error);
  }

  commonPrefixLength(tokens: readonly number[]): number {
    const different = this._tokens.findIndex((token, index) => token !== tokens[index]);
    return different < 0 ? this._tokens.length : different;
  }

  async truncate(length: number): Promise<void> {
    if (length >= this._tokens.length) return;
    await this.call('truncate', length, () => (this._tokens = this._tokens.slice(0, length)));
  }

  async prefill(tokens: readonly number[]): Promise<void> {
    await this.call('prefill', tokens.length, () => this.evaluate(tokens));
  }

  async *generate(
    tokens: readonly number[],
    choose: Choose = ([first]) => first,
  ): AsyncGenerator<Candidate, void, void> {
    await this.call('generate', tokens.length, () => this.evaluate(tokens));
    for (;;) {
      const chosen = choose(this.choices());
      if (chosen === undefined) return;
      yield chosen;
      await this.call('generate', 1, () => this.evaluate([chosen.token]));
    }
  }

  /** What the script wants first, then all words that it gives a probability, likelier ones first. */
  private choices(): Candidate[] {
    const first = this.likeliest();
    const words = Object.keys(this._probabilities).flatMap((word) => this._model.tokenize(word).slice(0, 1));
    const others = [...new Set(words)]
      .filter((token) => token !== first)
      .map((token) => this.candidate(token));
    return [this.candidate(first), ...others.sort((a, b) => b.probability - a.probability)];
  }

  async candidates(tokens: readonly number[]): Promise<Iterable<Candidate>> {
    await this.call('candidates', tokens.length, () => this.evaluate(tokens));
    const rest = this.rest();
    const spelling = this._model
      .allTokens()
      .filter((token) => rest !== '' && rest.startsWith(this._model.bytesOf(token)))
      .sort((a, b) => this._model.bytesOf(b).length - this._model.bytesOf(a).length);
    return Array.from(new Set([this.likeliest(), ...spelling]), (token) => this.candidate(token));
  }

  private candidate(token: number): Candidate {
    return { token, probability: this._probabilities[this._model.bytesOf(token)] ?? 1 };
  }

  private evaluate(tokens: readonly number[]): void {
    if (tokens.length === 0) throw new Error('Nothing to evaluate.');
    if (this._tokens.length + tokens.length > this.contextTokens) throw new Error('The context overflows.');
    this._tokens.push(...tokens);
  }

  private likeliest(): number {
    const rest = this.rest();
    if (rest === '') return FIRST_SPECIAL;
    const [token = FIRST_SPECIAL] = this._model.tokenizeBytes(rest);
    return this._model.specialAtStart(rest) ?? token;
  }

  /** What the script still wants written after the text in the cache. */
  private rest(): string {
    const text = this._tokens.map((token) => this._model.bytesOf(token)).join('');
    for (const [ending, continuation] of this._continuations) {
      for (let written = continuation.length; written >= 0; written--) {
        if (text.endsWith(ending + continuation.slice(0, written))) return continuation.slice(written);
      }
    }
    return '';
  }

  private async call(name: CallName, count: number, work: () => void): Promise<void> {
    if (this._model.computing) throw new Error(`${name} while another call is in flight.`);
    this._model.computing = true;
    try {
      const gate = this._gates.get(name);
      this._gates.delete(name);
      await gate?.pass();
      // As native calls do, it takes at least one turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      const failure = this._failures.get(name);
      this._failures.delete(name);
      if (failure) throw failure;
      work();
      this.calls.push(`${name} ${count}`);
      this._model.calls.push(`${this._prefix}${name} ${count}`);
    } finally {
      this._model.computing = false;
    }
  }
}

function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
