import { Cancelled, isCancelled, onAbort, sleep } from '../../base/abort.ts';
import type { CompletionRequest, CompletionResult, Model, Prompt } from '../ports/model.ts';
import type { Clock } from '../ports/clock.ts';
import { judge, type Verdict } from './confidence.ts';
import { type Eagerness, thresholdOf } from './eagerness.ts';
import { EarlyLines } from './earlyLines.ts';
import { MAX_COMPLETION_TOKENS } from './prompt.ts';
import type { ShapeOptions } from './shaping/filter.ts';
import { firstLine, settledText } from './shaping/settledText.ts';
import { shape } from './shaping/shape.ts';
import { languageOf } from '../languages/languageOf.ts';
import { Suggestion } from './suggestion.ts';
import { typedBetween } from './typedBetween.ts';
import { canStillMatch } from './typeThrough.ts';
import { isSamePlace, type View } from './view.ts';
import { piecesLeft, shownPieces, type WrittenPiece } from './writtenPiece.ts';

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
  /** See {@link CompletionRequest.skip}. */
  readonly skip?: number;
  /** How sure the model has to be; undefined: whatever it writes is shown, as an explicit trigger wants. */
  readonly eagerness: Eagerness | undefined;
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
  private readonly _skip: number | undefined;
  private _eagerness: Eagerness | undefined;
  private _verdict: Verdict | undefined;
  private readonly _abort = new AbortController();
  /** Ends the wait for a pause early. */
  private readonly _hurry = new AbortController();
  private readonly _early: EarlyLines;
  private _prompt: Prompt | undefined;
  private _phase: 'waiting' | 'running' | 'ended' = 'waiting';
  private _written = '';
  private readonly _pieces: WrittenPiece[] = [];
  private _suggestion: Suggestion | undefined;
  /** What the model was too unsure of. */
  private _unsure: Suggestion | undefined;
  private _settleResult: (result: CompletionResult | undefined) => void = () => undefined;

  constructor({
    view,
    options,
    skip,
    eagerness,
    prompt,
    model,
    clock,
    delayMs,
    deadlineMs,
    onText,
  }: GenerationOptions) {
    this.view = view;
    this._early = new EarlyLines(view, options, (text) => this.judge(firstLine(text))?.isShown !== false);
    this._options = options;
    this._skip = skip;
    this._eagerness = eagerness;
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

  /** All that the model wrote so far. */
  get pieces(): readonly WrittenPiece[] {
    return this._pieces;
  }

  /** Why there is a suggestion, or none although the model wrote one; undefined where it was not asked to be sure. */
  get verdict(): Verdict | undefined {
    return this._verdict;
  }

  /** As it was sent last; undefined before. */
  get prompt(): Prompt | undefined {
    return this._prompt;
  }

  get options(): ShapeOptions {
    return this._options;
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

  /**
   * Of one that came to nothing, whether the same is to be had at `view`: at its own place, or where some of what the model was too
   * unsure of was typed since, and of the tokens that are left the product is too low already.
   */
  isNothingAt(view: View): boolean {
    if (isSamePlace(this.view, view)) return true;
    const line = firstLine(this._unsure?.text ?? '');
    const rest = firstLine(this._unsure?.remainderAt(view)?.text ?? '');
    if (rest === '' || this._eagerness === undefined) return false;
    const logs = piecesLeft(line, rest, this._pieces).map(({ logProbability }) => logProbability);
    return !judge(logs, thresholdOf(this._eagerness)).isShown;
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

  /** An explicit trigger joins: asks the model now rather than after the pause, and shows whatever it writes. */
  hurry(): void {
    this._eagerness = undefined;
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
      this._verdict = suggestion && this.judge(firstLine(suggestion.text));
      if (this._verdict?.isShown === false) {
        this._unsure = suggestion;
        return { kind: 'nothing' };
      }
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
        const onPiece = (piece: string, logProbability: number): void => {
          if (engine.signal.aborted) return;
          this.take(piece, logProbability);
          if (this.reshape(false) || this.isHopeless()) {
            engine.abort();
            resolve();
          } else {
            this._early.take(this._written);
            onText();
          }
        };
        model
          .complete({
            prompt: (ready, scale) => (this._prompt = prompt(ready, scale)),
            ...(this._skip !== undefined && { skip: this._skip }),
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

  private take(piece: string, logProbability: number): void {
    const now = this._clock.nowMs();
    this.times.firstTextMs ??= now;
    this.times.lastTextMs = now;
    // Line ends are LF in here, and a CR may come in one piece and its LF in the next.
    const text = piece.replaceAll('\r', '');
    this._written += text;
    this._pieces.push({ text, logProbability });
  }

  /**
   * Whether what is certain of the first line makes the model too unsure of it already: more tokens only lower the
   * product, so the verdict cannot change any more.
   */
  private isHopeless(): boolean {
    if (!this._suggestion || this._eagerness === undefined) return false;
    const { view, _options: options } = this;
    const context = { view, language: languageOf(view), options, complete: false };
    const settled = settledText(this._suggestion.text, context);
    return settled !== '' && this.judge(settled)?.isShown === false;
  }

  /**
   * Judges the tokens of a line: the first one, which decides whether a suggestion is read on. What a block of ten lines has
   * as a product says nothing.
   */
  private judge(line: string): Verdict | undefined {
    if (this._eagerness === undefined) return undefined;
    const logs = shownPieces(line, this._pieces).map(({ logProbability }) => logProbability);
    return judge(logs, thresholdOf(this._eagerness));
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
