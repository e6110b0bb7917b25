import type { Log } from '../../base/log.ts';
import type { ChatProgress, ChatPrompt, ChatReply, ParamsOf } from '../../rpc/engineProtocol.ts';
import type { CallContext } from '../../rpc/protocol.ts';
import type { BoundModel } from '../binding.ts';
import type { SegmentStore } from '../segmentStore.ts';
import type { Turns } from '../turns.ts';
import { ChatLane } from './chatLane.ts';
import { ChatPrompts } from './chatPrompts.ts';
import { drawn } from './drawn.ts';

/** A model's conversations. The context they need is made with the first of them: who only completes does not pay for it. */
export class Chat {
  private readonly _model: BoundModel;
  private readonly _segments: SegmentStore;
  private readonly _turns: Turns;
  private readonly _prompts: ChatPrompts;
  private _lane: Promise<ChatLane> | undefined;

  constructor(model: BoundModel, segments: SegmentStore, turns: Turns, log: Log) {
    this._model = model;
    this._segments = segments;
    this._turns = turns;
    this._prompts = new ChatPrompts(model, log);
  }

  /** @throws EngineError what {@link ChatLane.answer} and {@link BoundModel.openSequence} throw. */
  async answer(params: ParamsOf<'chat'>, { signal, report }: CallContext): Promise<ChatReply> {
    const { variant = 0 } = params;
    const arrivedAtMs = performance.now();
    const { parts, form, lead, stops } = this._prompts.of(params.prompt);
    const { tokens } = this._segments.tokens(parts);
    const lane = await this.lane();
    const answer = await lane.answer({
      ...{ tokens, lead, stops, signal, arrivedAtMs, maxTokens: params.maxTokens },
      ...(variant > 0 && { choose: drawn(variant) }),
      onText: (text) => report({ text } satisfies ChatProgress),
    });
    return { ...answer, form };
  }

  countTokens(prompt: ChatPrompt): number {
    return this._segments.tokens(this._prompts.of(prompt).parts).tokens.length;
  }

  /** Ends what is running or waiting. The context goes with the model. */
  async close(): Promise<void> {
    const lane = await this._lane?.catch(() => undefined);
    await lane?.close();
  }

  private async lane(): Promise<ChatLane> {
    this._lane ??= this.open();
    return this._lane;
  }

  private async open(): Promise<ChatLane> {
    try {
      return new ChatLane(this._model, await this._model.openSequence(), this._turns);
    } catch (error) {
      // There may be room the next time.
      this._lane = undefined;
      throw error;
    }
  }
}
