import { Cancelled, isCancelled, onAbort, sleep } from '../../base/abort.ts';
import type { CompletionRequest, CompletionResult, Model } from '../ports/model.ts';
import type { Clock } from '../ports/clock.ts';
import { EarlyLines } from './earlyLines.ts';
import { MAX_COMPLETION_TOKENS } from './prompt.ts';
import type { ShapeOptions } from './shaping/filter.ts';
import { shape } from './shaping/shape.ts';
import { Suggestion } from './suggestion.ts';
import { typedBetween } from './typedBetween.ts';
import { canStillMatch } from './typeThrough.ts';
import { isSamePlace, type View } from './view.ts';

/** Where the time of one generation went, in milliseconds on the clock's scale. */
export interface GenerationTimes {
  readonly wantedMs: number;
  askedMs: number;
  firstTextMs: number | undefined;
  /** When the last text that mattered arrived. */
  lastTextMs: number;
  finalMs: number;
}

export type GenerationEnd =
  | { readonly kind: 'suggestion'; readonly suggestion: Suggestion }
  | { readonly kind: 'nothing' }
  /** Another one took its place. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What a call for text gets: the end, or the lines written before it. */
export type Offer = GenerationEnd | { readonly kind: 'early'; readonly suggestion: Suggestion };

export interface GenerationOptions {
  readonly view: View;
  /** Of this view. */
  readonly prompt: CompletionRequest['prompt'];
  readonly options: ShapeOptions;
  readonly model: Model;
  readonly clock: Clock;
  readonly delayMs: number;
  /** After so long from now whole lines are offered before the end; undefined: never. */
  readonly deadlineMs: number | undefined;
  /** Called after each piece of text, so that the owner can look whether it still agrees. */
  readonly onText: () => void;
}

/**
 * One request to the model, from the wait for a pause to the shaped suggestion. It belongs to no caller: any number of
 * them wait for its end, and it lives on while what the user types agrees with what the model writes.
 */
export class Generation {
  readonly view: View;
  readonly times: GenerationTimes;
  readonly end: Promise<GenerationEnd>;
  /**
   * What the engine said of the request, some time after the end: a suggestion that can no longer change does not wait
   * for it. Undefined where the engine was not asked or failed.
   */
  readonly result: Promise<CompletionResult | undefined>;
  /** Whether the model was there when it was asked. Else its times tell how long it takes to load. */
  wasReady = false;
  private readonly _clock: Clock;
  private readonly _options: ShapeOptions;
  private readonly _abort = new AbortController();
  /** Ends the wait for a pause early. */
  private readonly _hurry = new AbortController();
  private readonly _early: EarlyLines;
  private _phase: 'waiting' | 'running' | 'ended' = 'waiting';
  private _written = '';
  private _suggestion: Suggestion | undefined;
  private _settleResult: (result: CompletionResult | undefined) => void = () => undefined;

  constructor({ view, options, prompt, model, clock, delayMs, deadlineMs, onText }: GenerationOptions) {
    this.view = view;
    this._early = new EarlyLines(view, options);
    this._options = options;
    this._clock = clock;
    const now = clock.nowMs();
    this.times = { wantedMs: now, askedMs: now, firstTextMs: undefined, lastTextMs: now, finalMs: now };
    this.result = new Promise((resolve) => {
      this._settleResult = resolve;
    });
    const deadline =
      deadlineMs === undefined ? undefined : setTimeout(() => this._early.due(), Math.max(0, deadlineMs));
    this.end = this.run(model, prompt, delayMs, onText).finally(() => clearTimeout(deadline));
  }

  get running(): boolean {
    return this._phase === 'running';
  }

  /** Whether what is being generated can still become the answer at `view`. */
  covers(view: View): boolean {
    if (this._phase === 'ended') return false;
    if (this._phase === 'waiting') return isSamePlace(this.view, view);
    const typed = typedBetween(this.view, view);
    return typed !== undefined && canStillMatch(this._written, typed.text);
  }

  /** For a call at `view` that would rather have the first lines in time than all of them late. */
  offerAt(view: View): Promise<Offer> {
    const early = this._early.next(view).then((suggestion) => ({ kind: 'early', suggestion }) as const);
    return Promise.race([this.end, early]);
  }

  /** The lines written so far, where the deadline has passed and they have something to offer at `view`. */
  earlyAt(view: View): Suggestion | undefined {
    return this._early.at(view);
  }

  /** Asks the model now rather than after the pause. */
  hurry(): void {
    this._hurry.abort();
  }

  abort(): void {
    this._abort.abort();
  }

  private async run(
    model: Model,
    prompt: CompletionRequest['prompt'],
    delayMs: number,
    onText: () => void,
  ): Promise<GenerationEnd> {
    try {
      await this.waitForPause(delayMs);
      if (this._abort.signal.aborted) throw new Cancelled();
      this._phase = 'running';
      this.wasReady = model.state.kind === 'ready';
      this.times.askedMs = this._clock.nowMs();
      await this.ask(model, prompt, onText);
      const suggestion = this._early.atEnd(this._suggestion);
      return suggestion ? { kind: 'suggestion', suggestion } : { kind: 'nothing' };
    } catch (error) {
      this._settleResult(undefined);
      return isCancelled(error) ? { kind: 'superseded' } : { kind: 'failed', error };
    } finally {
      this._phase = 'ended';
    }
  }

  private async waitForPause(delayMs: number): Promise<void> {
    if (delayMs <= 0) return;
    const either = AbortSignal.any([this._abort.signal, this._hurry.signal]);
    await sleep(delayMs, either).catch((error: unknown) => {
      if (this._abort.signal.aborted) throw error;
    });
  }

  /** Resolves as soon as the shaped suggestion can no longer change, and then stops the engine. */
  private async ask(model: Model, prompt: CompletionRequest['prompt'], onText: () => void): Promise<void> {
    const engine = new AbortController();
    let detach = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        detach = onAbort(this._abort.signal, () => {
          engine.abort();
          reject(new Cancelled());
        });
        const onPiece = (piece: string): void => {
          if (engine.signal.aborted) return;
          this.take(piece);
          if (this.reshape(false)) {
            engine.abort();
            resolve();
          } else {
            this._early.take(this._written);
            onText();
          }
        };
        model
          .complete({
            prompt,
            maxTokens: MAX_COMPLETION_TOKENS,
            signal: engine.signal,
            onText: onPiece,
          })
          .then((result) => {
            this._settleResult(result);
            if (engine.signal.aborted) return;
            if (result.finish === 'length') this.dropUnfinishedLine();
            this.reshape(true);
            resolve();
          })
          .catch((error: unknown) => {
            // A suggestion that became final has resolved this, and then nobody else would settle the result.
            this._settleResult(undefined);
            reject(error instanceof Error ? error : new Error('The model failed.', { cause: error }));
          });
      });
      this.times.finalMs = this._clock.nowMs();
    } finally {
      detach();
      engine.abort();
    }
  }

  private take(piece: string): void {
    const now = this._clock.nowMs();
    this.times.firstTextMs ??= now;
    this.times.lastTextMs = now;
    // Line ends are LF in here, and a CR may come in one piece and its LF in the next.
    this._written += piece.replaceAll('\r', '');
  }

  /** Where the model was cut off, the last of several lines ends anywhere. */
  private dropUnfinishedLine(): void {
    const end = this._written.lastIndexOf('\n');
    if (end >= 0) this._written = this._written.slice(0, end);
  }

  /** @returns whether the suggestion is final. */
  private reshape(complete: boolean): boolean {
    const shaped = shape({ view: this.view, written: this._written, complete, options: this._options });
    this._suggestion = shaped.kind === 'edit' ? new Suggestion(this.view, shaped.text) : undefined;
    return shaped.final;
  }
}
