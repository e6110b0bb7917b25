import { Ewma } from '../base/ewma.ts';
import { EngineError } from '../rpc/engineError.ts';
import type { CompleteReply, LaneStatus, WarmUpReply } from '../rpc/engineProtocol.ts';
import type { BoundModel, BoundSequence } from './binding.ts';
import { Healing, MAX_HEALING_TOKENS } from './healing.ts';
import { Prefiller, SPEED_WEIGHT } from './prefiller.ts';
import { RequestRecord } from './requestRecord.ts';
import type { PromptTokens } from './segmentStore.ts';
import { TokenText } from './tokenText.ts';
import { Turns } from './turns.ts';

const WARM_UP_TOKENS = 16;

/** Room beside prompt and completion: the healed text's tokens, and what is left of it where they do not spell it. */
const HEALING_RESERVE_TOKENS = 2 * MAX_HEALING_TOKENS;

export interface LaneRequest {
  readonly prompt: PromptTokens;
  /** What the completion has to begin with, left out of the reply: see {@link Healing}. */
  readonly heal: string;
  /** Of the tokens that may come first, so many of the likeliest are passed over. */
  readonly skip?: number;
  readonly maxTokens: number;
  readonly stop: ReadonlySet<number>;
  readonly signal: AbortSignal;
  /** When the request reached the engine, on `performance.now()`'s clock; all timings count from it. */
  readonly arrivedAtMs: number;
  readonly onText: (text: string, logProbability: number) => void;
}

/**
 * One context and its KV cache, answering one request at a time. What a prompt shares with the one before it is kept;
 * the rest is evaluated in chunks, with a look at the abort signal between them.
 */
export class Lane {
  private readonly _model: BoundModel;
  private readonly _sequence: BoundSequence;
  private readonly _turns: Turns;
  private readonly _prefiller: Prefiller;
  private readonly _decodeSpeed = new Ewma(SPEED_WEIGHT);
  private _closed = false;

  /** @param turns of the model, which other lanes may take as well. */
  constructor(model: BoundModel, turns = new Turns()) {
    this._model = model;
    this._sequence = model.sequence;
    this._turns = turns;
    this._prefiller = new Prefiller(model.sequence);
  }

  /** Evaluates a few tokens, so that weights are in memory and a first cost is known before anyone waits. */
  async warmUp(): Promise<void> {
    const tokens = this._model
      .tokenize('\nfunction warmUp() {\n  return 1;\n}\n'.repeat(4))
      .slice(0, WARM_UP_TOKENS);
    const end = await this._turns.take();
    try {
      // Twice: the first time pays for reading the weights from disk, and says nothing about the second.
      await this._sequence.prefill(tokens);
      await this._sequence.truncate(0);
      await this._prefiller.prefill(tokens);
      await this._sequence.truncate(0);
    } finally {
      end();
    }
  }

  /**
   * @throws EngineError `prompt-too-long` where prompt and completion together exceed the context: llama.cpp itself would
   * silently drop the prompt's beginning; `model-not-loaded` where the lane was closed before the request was done.
   */
  async complete(request: LaneRequest): Promise<CompleteReply> {
    this.refuseTooLong(request);
    const end = await this._turns.take();
    try {
      const reply = await this.run(request);
      // The turn is kept, and given up as soon as anyone waits for it.
      if (reply.finish === 'cancelled') void this.finishStablePart(request.prompt).finally(end);
      else end();
      return reply;
    } catch (error) {
      await this._sequence.truncate(0).catch(() => undefined);
      end();
      throw error;
    }
  }

  /**
   * Evaluates what the next prompt will begin with, while nobody waits and for `budgetMs` at most. Does not wait for a
   * turn itself: a lane that is busy has better things to do.
   */
  async warmUpPrompt(tokens: readonly number[], budgetMs: number, signal: AbortSignal): Promise<WarmUpReply> {
    const promptTokens = tokens.length;
    const idle = { promptTokens, cachedTokens: 0, evaluatedTokens: 0 };
    if (this._turns.busy || promptTokens < 2 || promptTokens > this._sequence.contextTokens) return idle;
    const end = await this._turns.take('idle');
    const untilMs = performance.now() + budgetMs;
    try {
      // All of it is there, and perhaps what follows: the cursor went up in the file, and may come down again.
      if (this._sequence.commonPrefixLength(tokens) >= promptTokens - 1)
        return { ...idle, cachedTokens: promptTokens };
      const reused = await this._prefiller.adapt(tokens);
      let position = reused;
      while (position < promptTokens - 1 && performance.now() < untilMs) {
        if (this._closed || signal.aborted || this._turns.waiting > 0) break;
        const size = this._prefiller.next(promptTokens - 1 - position);
        await this._prefiller.prefill(tokens.slice(position, position + size));
        position += size;
      }
      return { promptTokens, cachedTokens: position, evaluatedTokens: position - reused };
    } catch (error) {
      await this._sequence.truncate(0).catch(() => undefined);
      throw error;
    } finally {
      end();
    }
  }

  status(model: string): LaneStatus {
    return {
      model,
      contextTokens: this._sequence.contextTokens,
      cachedTokens: this._sequence.length,
      busy: this._turns.busy,
      chunkTokens: this._prefiller.chunkTokens,
      ...(this._prefiller.speed !== undefined && { prefillSpeed: this._prefiller.speed }),
      ...(this._decodeSpeed.value !== undefined && { decodeSpeed: this._decodeSpeed.value }),
    };
  }

  /** Ends what is running or waiting; resolves when the call in flight is done. */
  async close(): Promise<void> {
    this._closed = true;
    (await this._turns.take())();
  }

  private async run(request: LaneRequest): Promise<CompleteReply> {
    const record = new Recorder(request);
    if (this.isOver(request)) return record.reply('cancelled');
    const { tokens } = request.prompt;
    if (tokens.length === 0) return record.reply('stop');
    record.reusedTokens = await this._prefiller.adapt(tokens);
    let position = record.reusedTokens;
    for (let size = this._prefiller.next(tokens.length); position + size < tokens.length;) {
      await this._prefiller.prefill(tokens.slice(position, position + size));
      position += size;
      record.evaluatedTokens += size;
      if (this.isOver(request)) return record.reply('cancelled');
      size = this._prefiller.next(tokens.length);
    }
    record.prefilled();
    // The last chunk is evaluated together with choosing the first token, which saves a batch of one.
    const rest = tokens.slice(position);
    record.evaluatedTokens += rest.length;
    const finish = await this.decode(rest, request, record);
    return record.reply(finish);
  }

  private async decode(
    rest: readonly number[],
    request: LaneRequest,
    record: Recorder,
  ): Promise<CompleteReply['finish']> {
    const text = new TokenText(this._model, request.prompt.tokens);
    const { skip = 0 } = request;
    let next = rest;
    if (request.heal !== '' || skip > 0) {
      const begun = await (request.heal === ''
        ? this.beginOtherwise(rest, request, record, text)
        : this.heal(rest, request, record));
      if (this.isOver(request)) return 'cancelled';
      if (begun === undefined) return 'stop';
      next = begun;
    }
    let lastAtMs: number | undefined;
    for await (const { token, probability } of this._sequence.generate(next)) {
      record.firstToken();
      // From the second on: the first one's time is that of the prompt's last chunk.
      const nowMs = performance.now();
      if (lastAtMs !== undefined && nowMs > lastAtMs) this._decodeSpeed.add(1000 / (nowMs - lastAtMs));
      lastAtMs = nowMs;
      if (this._model.endsGeneration(token) || request.stop.has(token)) return 'stop';
      record.add(text.push(token), probability);
      if (this.isOver(request)) return 'cancelled';
      if (record.generatedTokens >= request.maxTokens) return 'length';
    }
    return 'stop';
  }

  /** Begins with another token than the likeliest; resolves with it, not yet evaluated, or with undefined where there is none. */
  private async beginOtherwise(
    rest: readonly number[],
    request: LaneRequest,
    record: Recorder,
    text: TokenText,
  ): Promise<readonly number[] | undefined> {
    const candidates = [...(await this._sequence.candidates(rest))];
    const writing = candidates.filter(
      ({ token }) => !this._model.endsGeneration(token) && !request.stop.has(token),
    );
    const chosen = writing[request.skip ?? 0];
    if (chosen === undefined) return undefined;
    record.firstToken();
    record.add(text.push(chosen.token), chosen.probability);
    return [chosen.token];
  }

  /**
   * Writes the healed text again; resolves with the tokens that follow and are not yet evaluated. Where the model cannot
   * write it, what is left of it stands as the user typed it; undefined where that would be no other answer.
   */
  private async heal(
    rest: readonly number[],
    request: LaneRequest,
    record: Recorder,
  ): Promise<readonly number[] | undefined> {
    const healing = new Healing(this._model, request.heal);
    let tokens = rest;
    for (let round = 0; round < MAX_HEALING_TOKENS; round++) {
      const choice = healing.choose(await this._sequence.candidates(tokens), tokens.slice(-1), request.skip);
      if (choice === undefined) {
        return (request.skip ?? 0) > 0 ? undefined : this._model.tokenize(healing.remaining);
      }
      tokens = [choice.token];
      if (healing.remaining === '') {
        // A token that only writes what was typed is not yet an answer.
        if (choice.beyond !== '') record.firstToken();
        record.add(choice.beyond, choice.probability);
        return tokens;
      }
      if (this.isOver(request)) return tokens;
    }
    return [...tokens, ...this._model.tokenize(healing.remaining)];
  }

  /** Looked at after every native call. */
  private isOver({ signal }: LaneRequest): boolean {
    if (this._closed) throw new EngineError('model-not-loaded', 'The model was unloaded.');
    return signal.aborted;
  }

  /**
   * After a cancelled request: the part of its prompt that the next one will begin with is evaluated all the same, until
   * someone asks for something.
   */
  private async finishStablePart({ tokens, stableLength }: PromptTokens): Promise<void> {
    try {
      if (this._sequence.commonPrefixLength(tokens) < this._sequence.length) return;
      while (!this._closed && this._turns.waiting === 0 && this._sequence.length < stableLength) {
        const position = this._sequence.length;
        const size = this._prefiller.next(stableLength - position);
        await this._prefiller.prefill(tokens.slice(position, position + size));
      }
    } catch {
      await this._sequence.truncate(0).catch(() => undefined);
    }
  }

  private refuseTooLong({ prompt, maxTokens }: LaneRequest): void {
    const limit = this._sequence.contextTokens - maxTokens - HEALING_RESERVE_TOKENS;
    if (prompt.tokens.length <= limit) return;
    throw new EngineError(
      'prompt-too-long',
      `A prompt of ${prompt.tokens.length} tokens does not fit: ${limit} are left beside the completion.`,
      { promptTokens: prompt.tokens.length, limitTokens: limit },
    );
  }
}

/** Collects what a request's reply says. */
class Recorder extends RequestRecord {
  private readonly _request: LaneRequest;
  private _text = '';
  /** Of tokens whose text is held back. */
  private _logProbability = 0;

  constructor(request: LaneRequest) {
    super(request.arrivedAtMs);
    this._request = request;
  }

  /** One generated token, whose text may still be empty: then it counts towards the next. */
  add(text: string, probability: number): void {
    this.generatedTokens++;
    this._logProbability += Math.log(Math.max(probability, Number.MIN_VALUE));
    if (text === '') return;
    this._text += text;
    this._request.onText(text, this._logProbability);
    this._logProbability = 0;
  }

  reply(finish: CompleteReply['finish']): CompleteReply {
    const { tokens, partLengths } = this._request.prompt;
    return {
      text: this._text,
      finish,
      promptTokens: tokens.length,
      partTokens: partLengths,
      ...this.costs(),
    };
  }
}
