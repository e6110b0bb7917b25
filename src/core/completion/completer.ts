import { isCancelled, raceAbort } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import { Redactor } from '../context/redaction/redactor.ts';
import { FILE_ALONE, type RelatedFiles } from '../context/relatedFiles.ts';
import type { Clock } from '../ports/clock.ts';
import type { Model, ReadyModel } from '../ports/model.ts';
import { AdaptiveDelay } from './adaptiveDelay.ts';
import { alternatives } from './alternatives.ts';
import { afterAccept } from './afterAccept.ts';
import type { Answer } from './answer.ts';
import { type CompletionSettings, FOLLOW_UP_MS, gateWith, GROWTH_MS } from './completionSettings.ts';
import { EvaluationSpeed } from './evaluationSpeed.ts';
import type { GateReason, Trigger } from './gate.ts';
import { Generation, type GenerationEnd, type Offer } from './generation.ts';
import { MiddleStart } from './middleStart.ts';
import type { Placement } from './placement.ts';
import { buildPrompt, prefixWindowChars, type PromptContext, relatedRoom } from './prompt.ts';
import { readAhead } from './readAhead.ts';
import { SuggestionMemory } from './suggestionMemory.ts';
import { isSamePlace, type View } from './view.ts';

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
  private readonly _middleStart = new MiddleStart();
  private readonly _memory = new SuggestionMemory();
  private readonly _delay = new AdaptiveDelay();
  private _speed = new EvaluationSpeed();
  private readonly _answered = new Emitter<Answer>();
  private readonly _activity = new Emitter<boolean>();
  private readonly _grew = new Emitter<View>();
  /** The last model that was ready: what there is room for is asked while the next one loads, too. */
  private _lastReady: ReadyModel | undefined;
  private _generation: Generation | undefined;
  /** For what follows the suggestion on the screen, should it be accepted. */
  private _followUp: Generation | undefined;
  /** The last text that was answered, where, and when. */
  private _shown: { view: View; placement: Placement; atMs: number } | undefined;
  private _latest: View | undefined;
  /** Where the user last took text away, until anything else happens. */
  private _deletedAt: View | undefined;
  /** The last that came to nothing: the editor asks twice for the same version, and at the next key, the model is not. */
  private _nothing: Generation | undefined;

  /** Every answer given, for the status and for benches. */
  readonly onDidAnswer = this._answered.event;
  /** Whether the model is at work for the user. */
  readonly onDidChangeActivity = this._activity.event;
  /** More of the text that was answered last is there, and nothing was typed since: the editor should ask again. */
  readonly onDidGrow = this._grew.event;

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
    return prefixWindowChars(this.lastReady?.contextTokens ?? 0);
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
    this._memory.changed(this._latest, view, isDeletion);
    this._latest = view;
    this._deletedAt = isDeletion ? view : undefined;
    this._delay.key(this._clock.nowMs());
    this.follow(view);
  }

  /** The cursor went elsewhere or the document changed otherwise: what is being generated is of no use. */
  moved(): void {
    this._latest = undefined;
    this.replace(undefined);
    this.followUpWith(undefined);
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
    const room = relatedRoom(view, this.lastReady, this._speed.value, warmUpMs);
    const { part } = this._related;
    await this._related.refresh(view, room, signal);
    // With other files before it, the model may be surer.
    if (this._related.part !== part) this._nothing = undefined;
    await readAhead(view, this.lastReady, this.promptContext(), signal);
    if (warmUpMs === 0 || reason !== undefined || signal.aborted) return;
    const { evaluatedTokens, elapsedMs } = await this._model.warmUp({
      prompt: (model, scale) => buildPrompt(view, model, scale, this.promptContext()),
      budgetMs: warmUpMs,
      signal,
    });
    const isFirst = this._speed.value === undefined;
    this._speed.observe(evaluatedTokens, elapsedMs);
    // How much of other files the model can read is known only now.
    if (isFirst && this._speed.value !== undefined && !signal.aborted) await this.rest(view, signal);
  }

  /** Nothing remembered is shown any more: completions were switched off, or another model took over. */
  forget(): void {
    this._memory.clear();
    // The next model may be a hundred times slower.
    this._speed = new EvaluationSpeed();
    this._nothing = undefined;
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
    const known = this.known(view);
    if (known) return this.answer('memory', known, { view, trigger }, calledMs);

    // 2. The gate, with named reasons.
    const reason = this.gate(view, trigger);
    if (reason) return this.answer('gate', undefined, { view, trigger }, calledMs, { reason });

    if (trigger === 'automatic' && this._nothing?.isNothingAt(view)) {
      return this.answer('memory', undefined, { view, trigger }, calledMs);
    }

    // 3. One generation, many waiting calls; each takes its own remainder.
    for (;;) {
      const generation = this.want(view, trigger);
      const offer = await this.offerOf(generation, view, trigger, signal);
      if (offer === undefined || signal.aborted) return undefined;
      if (offer.kind === 'failed') throw offer.error;
      const placement = this.accepted(offer, view, trigger);
      // 4. One that went another way than the user is followed by one that fits what was typed.
      if (placement === undefined && this.isOvertaken(generation, view, trigger)) continue;
      const from = offer.kind === 'superseded' ? 'superseded' : 'model';
      return this.answer(from, placement, { view, trigger }, calledMs, { generation });
    }
  }

  /** Other texts than the one that was just provided, for who asks for what is shown already. */
  async alternatives(view: View, shown: Placement, signal: AbortSignal): Promise<readonly Placement[]> {
    const generate = (skip: number): Generation => this.generationAt(view, 'explicit', 0, skip);
    const found = await alternatives(view, shown.text, generate, signal);
    for (const suggestion of found) this._memory.add(suggestion);
    return found.flatMap((suggestion) => suggestion.remainderAt(view) ?? []);
  }

  dispose(): void {
    this.moved();
    this._answered.dispose();
    this._activity.dispose();
    this._grew.dispose();
  }

  private get lastReady(): ReadyModel | undefined {
    const { state } = this._model;
    if (state.kind === 'ready') this._lastReady = state.model;
    return this._lastReady;
  }

  /** What was gathered at the last rest; no key gathers anything. */
  private promptContext(): PromptContext {
    return { related: this._related.part, redactor: this._redactor, middleStart: this._middleStart };
  }

  private gate(view: View, trigger: Trigger): GateReason | undefined {
    const justDeleted = this._deletedAt !== undefined && isSamePlace(this._deletedAt, view);
    return gateWith(this._settings(), view, trigger, justDeleted);
  }

  /** What {@link provide} shows at once: of what is being written, or remembered. */
  known(view: View): Placement | undefined {
    const early = this._generation?.earlyAt(view)?.remainderAt(view);
    return early && !this._memory.isTaken(view, early.text) ? early : this._memory.find(view);
  }

  /** Who asked explicitly gets all of it; who types gets the first lines in time. Undefined where the call is cancelled. */
  private async offerOf(
    generation: Generation,
    view: View,
    trigger: Trigger,
    signal: AbortSignal,
  ): Promise<Offer | undefined> {
    const offer = trigger === 'explicit' ? generation.end : generation.offerAt(view);
    return raceAbort(offer, signal).catch((error: unknown) => {
      if (isCancelled(error)) return undefined;
      throw error;
    });
  }

  /** Of what the model offers, what is to be shown: not what the user has had and taken back, unless asked for. */
  private accepted(offer: Offer, view: View, trigger: Trigger): Placement | undefined {
    if (offer.kind !== 'suggestion' && offer.kind !== 'early') return undefined;
    const placement = offer.suggestion.remainderAt(view);
    if (!placement || (trigger === 'automatic' && this._memory.isTaken(view, placement.text)))
      return undefined;
    // Also where it will never end, because the user goes elsewhere.
    if (offer.kind === 'early' || trigger === 'explicit') this._memory.add(offer.suggestion);
    return placement;
  }

  /** Keeps what is being generated where it can still become the answer at `view`, the newest one; else begins anew. */
  private follow(view: View): void {
    if (this.underWay(view)) return;
    const known = this._memory.find(view);
    const { kind } = this._model.state;
    // A key wakes a model that sleeps; one that loads already is waited for by the editor's question.
    const isWanted =
      (kind === 'ready' || kind === 'asleep') &&
      known === undefined &&
      !this._nothing?.isNothingAt(view) &&
      this.gate(view, 'automatic') === undefined;
    if (isWanted) this.start(view, 'automatic');
    else this.replace(undefined);
    const next = known && afterAccept(view, known);
    if (!next || !this._followUp?.covers(next)) this.followUpWith(undefined);
  }

  /** What is being generated and can become the answer at `view`: also for a suggestion that has just been accepted. */
  private underWay(view: View): Generation | undefined {
    const next = this._followUp;
    if (!this._generation?.covers(view) && next?.covers(view)) {
      this._followUp = undefined;
      next.hurry();
      this.replace(next);
    }
    return this._generation?.covers(view) ? this._generation : undefined;
  }

  /** The generation whose end will answer `view`: the one under way where it can, else a new one. */
  private want(view: View, trigger: Trigger): Generation {
    const current = this.underWay(view);
    if (!current) return this.start(view, trigger);
    if (trigger === 'explicit') current.hurry();
    return current;
  }

  private start(view: View, trigger: Trigger): Generation {
    const delayMs =
      trigger === 'explicit'
        ? 0
        : (this._settings().debounceMs ?? this._delay.delayMs(this.lastReady?.tuning?.firstTokenMs.value));
    // Counted from the key: the editor may ask again for the same key, with an item selected in the completion list.
    const generation = this.generate(view, trigger, Math.max(0, delayMs - this.sinceKeyMs));
    this.followUpWith(undefined);
    this.replace(generation);
    return generation;
  }

  private generate(view: View, trigger: Trigger, delayMs: number): Generation {
    const generation = this.generationAt(view, trigger, delayMs);
    void generation.end.then((end) => this.ended(generation, end));
    void generation.result.then((result) => {
      if (result) this._speed.observe(result.evaluatedTokens, result.firstTokenMs ?? 0);
    });
    return generation;
  }

  private generationAt(view: View, trigger: Trigger, delayMs: number, skip?: number): Generation {
    const settings = this._settings();
    // What follows an accept has had no key yet.
    const sinceKeyMs = this._latest === view ? this.sinceKeyMs : 0;
    const generation: Generation = new Generation({
      view,
      options: { multiline: settings.multiline(view) },
      ...(skip !== undefined && { skip }),
      eagerness: trigger === 'explicit' ? undefined : settings.eagerness(view),
      prompt: (model, scale) => buildPrompt(view, model, scale, this.promptContext()),
      model: this._model,
      clock: this._clock,
      delayMs,
      deadlineMs: settings.deadlineMs === undefined ? undefined : settings.deadlineMs - sinceKeyMs,
      onText: () => {
        if (generation === this._generation) this.lookAhead();
      },
    });
    return generation;
  }

  /** After each piece of text: the model may have turned away from what was typed meanwhile. */
  private lookAhead(): void {
    if (this._latest) this.follow(this._latest);
    if (this._shown && this._clock.nowMs() - this._shown.atMs >= GROWTH_MS) this.grow();
  }

  /** Has the editor ask again where what it shows is the beginning of what there is now. */
  private grow(): void {
    const { view, placement } = this._shown ?? {};
    if (!view || !placement || !this._latest || !isSamePlace(this._latest, view)) return;
    const now = this.known(view);
    if (now && now.text.length > placement.text.length && now.text.startsWith(placement.text)) {
      this._grew.fire(view);
    }
  }

  private ended(generation: Generation, end: GenerationEnd): void {
    const { view } = generation;
    if (end.kind === 'suggestion' && !this._memory.isTaken(view, end.suggestion.text)) {
      this._memory.add(end.suggestion);
    } else if (end.kind === 'suggestion' || end.kind === 'nothing') {
      this._nothing = generation;
    }
    if (this._followUp === generation) this._followUp = undefined;
    const { askedMs, firstTextMs } = generation.times;
    if (firstTextMs !== undefined && generation.wasReady) this._delay.observe(firstTextMs - askedMs);
    if (this._generation !== generation) return;
    const latest = this._latest;
    // What the user typed meanwhile may not be answered by this one.
    if (end.kind !== 'failed' && latest && !isSamePlace(latest, view)) this.follow(latest);
    else this.replace(undefined);
    this.grow();
    this.askAhead();
  }

  /** While the user looks at a suggestion, the model writes what follows it: the editor asks 50 ms after Tab. */
  private askAhead(): void {
    const shown = this._shown;
    const isIdle = !this._generation && this._model.state.kind === 'ready' && this._settings().warmUpMs !== 0;
    if (!isIdle || !shown || !this._latest || !isSamePlace(this._latest, shown.view)) return;
    const next = afterAccept(shown.view, shown.placement);
    const isKnown =
      this._followUp?.covers(next) ||
      this._nothing?.isNothingAt(next) ||
      this._memory.find(next) !== undefined;
    if (isKnown || this.gate(next, 'automatic') !== undefined) return;
    this.followUpWith(this.generate(next, 'automatic', FOLLOW_UP_MS));
  }

  private followUpWith(next: Generation | undefined): void {
    const previous = this._followUp;
    this._followUp = next;
    previous?.abort();
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
    asked: Pick<Answer, 'view' | 'trigger'>,
    calledMs: number,
    more: Pick<Answer, 'reason' | 'generation'> = {},
  ): Placement | undefined {
    const nowMs = this._clock.nowMs();
    this._shown = placement && { view: asked.view, placement, atMs: nowMs };
    this.askAhead();
    this._answered.fire({ from, placement, ...asked, elapsedMs: nowMs - calledMs, ...more });
    return placement;
  }
}
