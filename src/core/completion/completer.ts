import { isCancelled, raceAbort } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Clock } from '../ports/clock.ts';
import type { Model } from '../ports/model.ts';
import { AdaptiveDelay } from './adaptiveDelay.ts';
import { gate, type GateReason, type Trigger } from './gate.ts';
import { Generation } from './generation.ts';
import type { Placement } from './placement.ts';
import { SuggestionMemory } from './suggestionMemory.ts';
import { isSamePlace, type View } from './view.ts';

/** What the user set, asked for at every key. */
export interface CompletionSettings {
  readonly enabled: boolean;
  readonly snoozed: boolean;
  readonly manualOnly: boolean;
  languageEnabled(view: View): boolean;
  /** Overrides the adaptive delay. */
  readonly debounceMs: number | undefined;
}

/** How one call was answered. */
export interface Answer {
  readonly from: 'memory' | 'model' | 'gate' | 'superseded';
  readonly placement: Placement | undefined;
  readonly reason?: GateReason;
  /** From the call to the answer. */
  readonly elapsedMs: number;
  /** Present when the model was asked. */
  readonly generation?: Generation;
}

/**
 * From a view of the document to ghost text. Follow a key through it from top to bottom:
 * {@link typed} hears of the key and starts, joins or aborts a generation; {@link provide} is the editor asking for text.
 */
export class Completer implements Disposable {
  private readonly _model: Model;
  private readonly _clock: Clock;
  private readonly _settings: () => CompletionSettings;
  private readonly _memory = new SuggestionMemory();
  private readonly _delay = new AdaptiveDelay();
  private readonly _answered = new Emitter<Answer>();
  private readonly _activity = new Emitter<boolean>();
  private _generation: Generation | undefined;
  private _latest: View | undefined;
  /** Where the model had nothing to say: the editor asks twice for the same version, the model is not. */
  private _nothingAt: View | undefined;

  /** Every answer given, for the status and for benches. */
  readonly onDidAnswer = this._answered.event;
  /** Whether the model is at work for the user. */
  readonly onDidChangeActivity = this._activity.event;

  constructor(model: Model, clock: Clock, settings: () => CompletionSettings) {
    this._model = model;
    this._clock = clock;
    this._settings = settings;
  }

  /** Milliseconds since the last key. */
  get sinceKeyMs(): number {
    return this._delay.sinceKeyMs(this._clock.nowMs());
  }

  /** The user typed, and `view` is what the document looks like now. Comes 40 to 70 ms before the editor asks. */
  typed(view: View): void {
    this._latest = view;
    this._delay.key(this._clock.nowMs());
    if (this._memory.find(view) || this._generation?.covers(view)) return;
    this.supersede();
    if (this.gate(view, 'automatic') === undefined && this._model.state.kind === 'ready')
      this.want(view, 'automatic');
  }

  /** The cursor went elsewhere or the document changed otherwise: what is being generated is of no use. */
  moved(): void {
    this._latest = undefined;
    this.supersede();
  }

  /**
   * The editor asks what to show at `view`. Resolves with undefined when there is nothing, when `signal` aborts, or when
   * the user has typed something else meanwhile.
   * @throws {@link ModelUnavailable} where there is no model.
   */
  async provide(view: View, trigger: Trigger, signal: AbortSignal): Promise<Placement | undefined> {
    const calledMs = this._clock.nowMs();
    this._latest = view;

    // 1. A suggestion that still matches is shown again at once.
    const known = this._memory.find(view);
    if (known) return this.answer('memory', known, calledMs);

    // 2. The gate, with named reasons.
    const reason = this.gate(view, trigger);
    if (reason) return this.answer('gate', undefined, calledMs, { reason });

    if (trigger === 'automatic' && this._nothingAt && isSamePlace(this._nothingAt, view)) {
      return this.answer('memory', undefined, calledMs);
    }

    // 3. One generation, many waiting calls; each takes its own remainder.
    for (;;) {
      const generation = this.want(view, trigger);
      const end = await raceAbort(generation.end, signal).catch((error: unknown) => {
        if (isCancelled(error)) return undefined;
        throw error;
      });
      if (end === undefined || signal.aborted) return undefined;
      if (end.kind === 'failed') throw end.error;
      // 4. A generation that was overtaken is followed by the one that fits what was typed.
      if (end.kind === 'superseded' && this._generation?.covers(view)) continue;
      const placement = end.kind === 'suggestion' ? end.suggestion.remainderAt(view) : undefined;
      return this.answer(end.kind === 'superseded' ? 'superseded' : 'model', placement, calledMs, {
        generation,
      });
    }
  }

  dispose(): void {
    this.supersede();
    this._answered.dispose();
    this._activity.dispose();
  }

  private gate(view: View, trigger: Trigger): GateReason | undefined {
    const settings = this._settings();
    return gate({
      view,
      trigger,
      enabled: settings.enabled,
      snoozed: settings.snoozed,
      manualOnly: settings.manualOnly,
      languageEnabled: settings.languageEnabled(view),
    });
  }

  /** The generation whose end will answer `view`: the one under way where it can, else a new one. */
  private want(view: View, trigger: Trigger): Generation {
    const current = this._generation;
    if (current?.covers(view)) {
      if (trigger === 'explicit') current.hurry();
      return current;
    }
    this.supersede();
    const delayMs = trigger === 'explicit' ? 0 : (this._settings().debounceMs ?? this._delay.delayMs());
    const generation: Generation = new Generation(view, this._model, this._clock, delayMs, () =>
      this.look(generation),
    );
    this._generation = generation;
    this._activity.fire(true);
    void generation.end.then((end) => {
      if (end.kind === 'suggestion') this._memory.add(end.suggestion);
      if (end.kind === 'nothing') this._nothingAt = generation.view;
      if (generation.times.firstTextMs !== undefined) {
        this._delay.observe(generation.times.firstTextMs - generation.times.askedMs);
      }
      if (this._generation !== generation) return;
      this._generation = undefined;
      this._activity.fire(false);
    });
    return generation;
  }

  /** After each piece of text: the model may have turned away from what was typed meanwhile. */
  private look(generation: Generation): void {
    const view = this._latest;
    if (generation !== this._generation || view === undefined || generation.covers(view)) return;
    this.supersede();
    if (this.gate(view, 'automatic') === undefined) this.want(view, 'automatic');
  }

  private supersede(): void {
    const generation = this._generation;
    if (!generation) return;
    this._generation = undefined;
    generation.abort();
    this._activity.fire(false);
  }

  private answer(
    from: Answer['from'],
    placement: Placement | undefined,
    calledMs: number,
    more: Pick<Answer, 'reason' | 'generation'> = {},
  ): Placement | undefined {
    this._answered.fire({ from, placement, elapsedMs: this._clock.nowMs() - calledMs, ...more });
    return placement;
  }
}
