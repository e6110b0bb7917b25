import { isCancelled, raceAbort } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import { Redactor } from '../context/redaction/redactor.ts';
import { FILE_ALONE, type RelatedFiles } from '../context/relatedFiles.ts';
import type { Clock } from '../ports/clock.ts';
import type { Model } from '../ports/model.ts';
import { AdaptiveDelay } from './adaptiveDelay.ts';
import type { Eagerness } from './eagerness.ts';
import { EvaluationSpeed } from './evaluationSpeed.ts';
import { gate, type GateReason, type Trigger } from './gate.ts';
import { Generation, type GenerationEnd } from './generation.ts';
import type { Placement } from './placement.ts';
import {
  buildPrompt,
  buildPromptStart,
  prefixWindowChars,
  type PromptContext,
  relatedRoom,
} from './prompt.ts';
import type { ShapeOptions } from './shaping/filter.ts';
import { SuggestionMemory } from './suggestionMemory.ts';
import { isSamePlace, type View } from './view.ts';

/** What the user set, asked for at every key. */
export interface CompletionSettings {
  readonly enabled: boolean;
  readonly snoozed: boolean;
  readonly manualOnly: boolean;
  languageEnabled(view: View): boolean;
  /** The user's ignore rules keep it out of every prompt. */
  keptOut(view: View): boolean;
  readOnly(view: View): boolean;
  multiline(view: View): ShapeOptions['multiline'];
  /** How sure the model has to be of what is shown unasked. */
  eagerness(view: View): Eagerness;
  /** Overrides the adaptive delay. */
  readonly debounceMs: number | undefined;
  /** Milliseconds of work to spend on a place before anything is typed there; 0 for none, undefined for no bound. */
  readonly warmUpMs: number | undefined;
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
  private readonly _related: RelatedFiles;
  private readonly _redactor = new Redactor();
  private readonly _memory = new SuggestionMemory();
  private readonly _delay = new AdaptiveDelay();
  private readonly _speed = new EvaluationSpeed();
  private readonly _answered = new Emitter<Answer>();
  private readonly _activity = new Emitter<boolean>();
  /** The window of the last model that was ready. */
  private _contextTokens = 0;
  private _generation: Generation | undefined;
  private _latest: View | undefined;
  /** Where the user last took text away, until anything else happens. */
  private _deletedAt: View | undefined;
  /** Where the model had nothing to say: the editor asks twice for the same version, the model is not. */
  private _nothingAt: View | undefined;

  /** Every answer given, for the status and for benches. */
  readonly onDidAnswer = this._answered.event;
  /** Whether the model is at work for the user. */
  readonly onDidChangeActivity = this._activity.event;

  constructor(
    model: Model,
    clock: Clock,
    settings: () => CompletionSettings,
    related: RelatedFiles = FILE_ALONE,
  ) {
    this._model = model;
    this._clock = clock;
    this._settings = settings;
    this._related = related;
  }

  /** Characters before the cursor that a view needs. */
  get prefixChars(): number {
    return prefixWindowChars(this.contextTokens);
  }

  /** Milliseconds since the last key. */
  get sinceKeyMs(): number {
    return this._delay.sinceKeyMs(this._clock.nowMs());
  }

  /**
   * The user typed, or took text away, and `view` is what the document looks like now. Comes 40 to 70 ms before the
   * editor asks.
   */
  typed(view: View, isDeletion = false): void {
    this._latest = view;
    this._deletedAt = isDeletion ? view : undefined;
    this._delay.key(this._clock.nowMs());
    this.follow(view);
  }

  /** The cursor went elsewhere or the document changed otherwise: what is being generated is of no use. */
  moved(): void {
    this._latest = undefined;
    this.replace(undefined);
  }

  /**
   * The cursor rests at `view` and nothing is being generated. The only time at which other files enter the prompt or
   * leave it; then what it begins with is evaluated ahead of time, so that the first key there costs as little as the
   * next ones.
   */
  async rest(view: View, signal: AbortSignal): Promise<void> {
    this._deletedAt = undefined;
    const reason = this.gate(view, 'automatic');
    const isCompleted =
      reason === undefined || reason === 'manual trigger only' || reason === 'text after the cursor';
    if (this._generation || !isCompleted) return;
    const { warmUpMs } = this._settings();
    const room = relatedRoom(view, this.contextTokens, this._speed.value, warmUpMs);
    await this._related.refresh(view, room, signal);
    if (warmUpMs === 0 || reason !== undefined || signal.aborted) return;
    const { evaluatedTokens, elapsedMs } = await this._model.warmUp({
      prompt: (model, scale) => buildPromptStart(view, model, scale, this.promptContext()),
      budgetMs: warmUpMs,
      signal,
    });
    this._speed.observe(evaluatedTokens, elapsedMs);
  }

  /** Nothing remembered is shown any more: completions were switched off, or another model took over. */
  forget(): void {
    this._memory.clear();
    this._nothingAt = undefined;
    this.moved();
  }

  /**
   * The editor asks what to show at `view`. Resolves with undefined when there is nothing, when `signal` aborts, or when
   * the user has typed something else meanwhile.
   * @throws {@link ModelUnavailable} where there is no model.
   */
  async provide(view: View, trigger: Trigger, signal: AbortSignal): Promise<Placement | undefined> {
    if (signal.aborted) return undefined;
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
      const placement = end.kind === 'suggestion' ? end.suggestion.remainderAt(view) : undefined;
      // 4. One that went another way than the user is followed by one that fits what was typed.
      if (placement === undefined && this.isOvertaken(generation, view, trigger)) continue;
      return this.answer(end.kind === 'superseded' ? 'superseded' : 'model', placement, calledMs, {
        generation,
      });
    }
  }

  dispose(): void {
    this.moved();
    this._answered.dispose();
    this._activity.dispose();
  }

  private get contextTokens(): number {
    const { state } = this._model;
    if (state.kind === 'ready') this._contextTokens = state.model.contextTokens;
    return this._contextTokens;
  }

  /** What was gathered at the last rest; no key gathers anything. */
  private promptContext(): PromptContext {
    return { related: this._related.part, redactor: this._redactor };
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
      keptOut: settings.keptOut(view),
      readOnly: settings.readOnly(view),
      justDeleted: this._deletedAt !== undefined && isSamePlace(this._deletedAt, view),
    });
  }

  /** Keeps what is being generated where it can still become the answer at `view`, the newest one; else begins anew. */
  private follow(view: View): void {
    if (this._generation?.covers(view)) return;
    const { kind } = this._model.state;
    // A key wakes a model that sleeps; one that loads already is waited for by the editor's question.
    const isWanted =
      (kind === 'ready' || kind === 'asleep') &&
      this._memory.find(view) === undefined &&
      this.gate(view, 'automatic') === undefined;
    if (isWanted) this.start(view, 'automatic');
    else this.replace(undefined);
  }

  /** The generation whose end will answer `view`: the one under way where it can, else a new one. */
  private want(view: View, trigger: Trigger): Generation {
    const current = this._generation;
    if (!current?.covers(view)) return this.start(view, trigger);
    if (trigger === 'explicit') current.hurry();
    return current;
  }

  private start(view: View, trigger: Trigger): Generation {
    const settings = this._settings();
    const delayMs = trigger === 'explicit' ? 0 : (settings.debounceMs ?? this._delay.delayMs());
    // Counted from the key: the editor may ask again for the same key, with an item selected in the completion list.
    const leftMs = Math.max(0, delayMs - this.sinceKeyMs);
    const generation: Generation = new Generation({
      view,
      options: { multiline: settings.multiline(view) },
      eagerness: trigger === 'explicit' ? undefined : settings.eagerness(view),
      prompt: (model, scale) => buildPrompt(view, model, scale, this.promptContext()),
      model: this._model,
      clock: this._clock,
      delayMs: leftMs,
      onText: () => {
        if (generation === this._generation) this.lookAhead();
      },
    });
    this.replace(generation);
    void generation.end.then((end) => this.ended(generation, end));
    void generation.result.then((result) => {
      if (result) this._speed.observe(result.evaluatedTokens, result.firstTokenMs ?? 0);
    });
    return generation;
  }

  /** After each piece of text: the model may have turned away from what was typed meanwhile. */
  private lookAhead(): void {
    if (this._latest) this.follow(this._latest);
  }

  private ended(generation: Generation, end: GenerationEnd): void {
    if (end.kind === 'suggestion') this._memory.add(end.suggestion);
    if (end.kind === 'nothing') this._nothingAt = generation.view;
    const { askedMs, firstTextMs } = generation.times;
    if (firstTextMs !== undefined) this._delay.observe(firstTextMs - askedMs);
    if (this._generation !== generation) return;
    const latest = this._latest;
    // What the user typed meanwhile may not be answered by this one.
    if (end.kind !== 'failed' && latest && !isSamePlace(latest, generation.view)) this.follow(latest);
    else this.replace(undefined);
  }

  /** Whether another generation than `generation` is to answer the call at `view`. */
  private isOvertaken(generation: Generation, view: View, trigger: Trigger): boolean {
    if (this._generation?.covers(view)) return true;
    return trigger === 'explicit' && this._latest === view && !isSamePlace(generation.view, view);
  }

  /** Aborts what is being generated, and puts `next` in its place. */
  private replace(next: Generation | undefined): void {
    const previous = this._generation;
    this._generation = next;
    previous?.abort();
    if ((previous === undefined) !== (next === undefined)) this._activity.fire(next !== undefined);
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
