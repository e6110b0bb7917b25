import { EngineError } from '../../rpc/engineError.ts';
import type { ChatReply } from '../../rpc/engineProtocol.ts';
import type { BoundModel, BoundSequence, Choose } from '../binding.ts';
import { Prefiller } from '../prefiller.ts';
import { RequestRecord } from '../requestRecord.ts';
import { TokenText } from '../tokenText.ts';
import type { Turns } from '../turns.ts';
import { StopText } from './stopText.ts';

/** An answer of fewer tokens than this is of no use, so a prompt that leaves less room is refused. */
const SMALLEST_ANSWER_TOKENS = 16;

export interface ChatLaneRequest {
  readonly tokens: readonly number[];
  /** Left out where the answer begins with it. */
  readonly lead: string;
  readonly stops: readonly string[];
  readonly maxTokens: number;
  /** Default: the likeliest token. */
  readonly choose?: Choose;
  readonly signal: AbortSignal;
  /** When the request reached the engine, on `performance.now()`'s clock; all timings count from it. */
  readonly arrivedAtMs: number;
  readonly onText: (text: string) => void;
}

export type LaneAnswer = Omit<ChatReply, 'form'>;

/**
 * The conversation's context and its KV cache, one answer at a time. It has the model's turn for the whole of an answer, and
 * gives way to completions between two native calls: they change nothing of its cache, so the answer is the same with and
 * without them.
 */
export class ChatLane {
  private readonly _model: BoundModel;
  private readonly _sequence: BoundSequence;
  private readonly _turns: Turns;
  private readonly _prefiller: Prefiller;
  private _closed = false;

  constructor(model: BoundModel, sequence: BoundSequence, turns: Turns) {
    this._model = model;
    this._sequence = sequence;
    this._turns = turns;
    this._prefiller = new Prefiller(sequence);
  }

  /**
   * @throws EngineError `prompt-too-long` where the window has no room left for an answer; `model-not-loaded` where the lane
   * was closed before the answer was complete.
   */
  async answer(request: ChatLaneRequest): Promise<LaneAnswer> {
    this.refuseTooLong(request.tokens.length);
    const end = await this._turns.take('chat');
    try {
      return await this.run(request);
    } catch (error) {
      await this._sequence.truncate(0).catch(() => undefined);
      throw error;
    } finally {
      end();
    }
  }

  /** Ends what is running or waiting; resolves when the call in flight is done. */
  async close(): Promise<void> {
    this._closed = true;
    (await this._turns.take('chat'))();
  }

  private async run(request: ChatLaneRequest): Promise<LaneAnswer> {
    const { tokens } = request;
    const record = new RequestRecord(request.arrivedAtMs);
    const reply = (finish: LaneAnswer['finish']): LaneAnswer => {
      return { finish, promptTokens: tokens.length, ...record.costs() };
    };
    if (await this.isOver(request)) return reply('cancelled');
    record.reusedTokens = await this._prefiller.adapt(tokens);
    let position = record.reusedTokens;
    for (let size = this._prefiller.next(tokens.length); position + size < tokens.length;) {
      await this._prefiller.prefill(tokens.slice(position, position + size));
      position += size;
      record.evaluatedTokens += size;
      if (await this.isOver(request)) return reply('cancelled');
      size = this._prefiller.next(tokens.length);
    }
    record.prefilled();
    // The last chunk is evaluated together with choosing the first token.
    const rest = tokens.slice(position);
    record.evaluatedTokens += rest.length;
    return reply(await this.decode(rest, request, record));
  }

  private async decode(
    rest: readonly number[],
    request: ChatLaneRequest,
    record: RequestRecord,
  ): Promise<LaneAnswer['finish']> {
    const { tokens, lead, stops, maxTokens, choose, onText } = request;
    // What is beyond the window, llama.cpp would make room for by dropping the conversation's beginning.
    const limit = Math.min(maxTokens, this._sequence.contextTokens - tokens.length);
    const text = new TokenText(this._model, tokens);
    const stop = new StopText(stops);
    let leadLeft = lead;
    const give = (certain: string): void => {
      const inLead = leadLeft.startsWith(certain) ? certain : certain.startsWith(leadLeft) ? leadLeft : '';
      leadLeft = inLead === certain ? leadLeft.slice(inLead.length) : '';
      if (certain !== inLead) onText(certain.slice(inLead.length));
    };
    for await (const { token } of this._sequence.generate(rest, choose)) {
      if (this._model.endsGeneration(token)) break;
      record.generatedTokens++;
      record.firstToken();
      give(stop.push(text.push(token)));
      if (stop.reached) return 'stop';
      if (await this.isOver(request)) return 'cancelled';
      if (record.generatedTokens >= limit) {
        give(stop.rest());
        return 'length';
      }
    }
    give(stop.rest());
    return 'stop';
  }

  /** After every native call: completions go first, then it is asked whether anyone still wants the answer. */
  private async isOver({ signal }: ChatLaneRequest): Promise<boolean> {
    await this._turns.giveWay('chat');
    if (this._closed) throw new EngineError('model-not-loaded', 'The model was unloaded.');
    return signal.aborted;
  }

  private refuseTooLong(promptTokens: number): void {
    const limitTokens = this._sequence.contextTokens - SMALLEST_ANSWER_TOKENS;
    if (promptTokens <= limitTokens) return;
    throw new EngineError(
      'prompt-too-long',
      `A conversation of ${promptTokens} tokens does not fit: the window has room for ${limitTokens}.`,
      { promptTokens, limitTokens },
    );
  }
}
