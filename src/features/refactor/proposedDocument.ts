import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter, type Event } from '../../base/emitter.ts';
import { absorb, type LineChange, withTexts } from '../../core/refactor/absorb.ts';
import type { LineEdit } from '../../core/refactor/lineEdits.ts';
import { type Proposal, proposalOf, settled } from '../../core/refactor/proposal.ts';
import { RefactorRefused } from '../../core/refactor/refactorRefused.ts';
import { textEdits } from '../../core/refactor/textEdits.ts';
import type { RefactorEditor } from './refactorEditor.ts';

export interface Step {
  readonly edits: readonly LineEdit[];
  /** What the document's lines are after them. */
  readonly to: Proposal;
  /** What comes after it is another step to undo. */
  readonly isLast: boolean;
}

/** Against somebody who types faster than we edit. */
const MOST_TRIES = 20;

/** Keeps a proposal and the document that it stands in the same, whoever edits. */
export class ProposedDocument implements Disposable {
  private readonly _editor: RefactorEditor;
  private readonly _before: Proposal;
  private readonly _store = new DisposableStore();
  private readonly _drawn = this._store.add(new Emitter<void>());
  private readonly _edited = this._store.add(new Emitter<{ isTouched: boolean }>());
  private _proposal: Proposal;
  private _isDisposed = false;
  private _hasEdited = false;
  /** The last edit was ours, and the next belongs to the same step to undo. */
  private _isStepOpen = false;
  /** Nobody else changed the document since. */
  private _isAlone = true;
  private _isUndoing = false;
  /** Edits one after the other. */
  private _queue: Promise<unknown> = Promise.resolve();
  /** What the document will be when the edit under way is done: that is how it is told from the user's. */
  private _expected: { readonly proposal: Proposal; readonly lineCount: number } | undefined;

  /** Our own edit is done. */
  readonly onDidDraw: Event<void> = this._drawn.event;
  /** Somebody else's is, and the proposal has followed it: the proposed lines were touched, or only moved. */
  readonly onDidEdit: Event<{ isTouched: boolean }> = this._edited.event;

  constructor(editor: RefactorEditor, start: number, end: number) {
    this._editor = editor;
    this._proposal = proposalOf(start, editor.lines(start, end));
    this._before = this._proposal;
    this._store.add(editor.onDidChange((changes) => this.heardOfChanges(changes)));
  }

  get proposal(): Proposal {
    return this._proposal;
  }

  /** The lines before anything was proposed. */
  get original(): readonly string[] {
    return textsOf(this._before);
  }

  /** Something was written, and the lines are what they were before all the same. */
  get isUndone(): boolean {
    return this._hasEdited && areSame(textsOf(this._proposal), this.original);
  }

  /** Nothing waits for the answer any more. */
  settle(): void {
    this._proposal = settled(this._proposal);
  }

  /**
   * @param make is asked again for each try: what others changed meanwhile has moved the lines. Undefined: nothing to do.
   * @throws {@link RefactorRefused} where the editor may not be written in.
   */
  edit(make: (proposal: Proposal) => Step | undefined): Promise<void> {
    return this.inTurn(() => this.attempt(make));
  }

  /** True: the document is as if nothing had been. False: that is not to be had by undoing, and nothing was done. */
  undoAll(): Promise<boolean> {
    return this.inTurn(async () => {
      if (!this._hasEdited || !this._isAlone || this._isDisposed) return false;
      this._isUndoing = true;
      try {
        if (!(await this._editor.undoAll())) return false;
      } finally {
        this._isUndoing = false;
      }
      this._proposal = settled(this._before);
      return true;
    });
  }

  dispose(): void {
    this._isDisposed = true;
    this._store.dispose();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this._queue.then(work);
    this._queue = done.catch(() => undefined);
    return done;
  }

  private async attempt(make: (proposal: Proposal) => Step | undefined): Promise<void> {
    const editor = this._editor;
    for (let tries = 0; tries < MOST_TRIES && !this._isDisposed; tries++) {
      const step = make(this._proposal);
      if (!step) return;
      if (step.edits.length === 0) return this.take(step.to);
      const grown = step.edits.reduce((sum, { start, end, lines }) => sum + lines.length - (end - start), 0);
      this._expected = { proposal: step.to, lineCount: Math.max(1, editor.lineCount + grown) };
      const stops = { before: !this._isStepOpen, after: step.isLast };
      const isDone = await editor.apply(textEdits(step.edits, editor), stops);
      const isHeardOf = this._expected === undefined;
      this._expected = undefined;
      if (isDone && !isHeardOf) break;
      if (!isDone) continue;
      this._hasEdited = true;
      return;
    }
    if (!this._isDisposed) throw new RefactorRefused('The editor does not let the code be changed.');
  }

  private heardOfChanges(changes: readonly LineChange[]): void {
    if (this._isUndoing) return;
    const expected = this._expected;
    this._expected = undefined;
    if (expected?.lineCount === this._editor.lineCount && this.isThere(expected.proposal)) {
      this._isStepOpen = true;
      this.take(expected.proposal);
      return;
    }
    this._isAlone = false;
    this._isStepOpen = false;
    let proposal = this._proposal;
    let isTouched = false;
    for (const change of changes) {
      const after = absorb(proposal, change);
      proposal = after.proposal;
      isTouched ||= after.isTouched;
    }
    this._proposal = withTexts(proposal, this.read(proposal));
    this._edited.fire({ isTouched });
  }

  private take(proposal: Proposal): void {
    this._proposal = proposal;
    this._drawn.fire();
  }

  private isThere(proposal: Proposal): boolean {
    return areSame(this.read(proposal), textsOf(proposal));
  }

  private read({ firstLine, lines }: Proposal): readonly string[] {
    return this._editor.lines(firstLine, Math.min(firstLine + lines.length, this._editor.lineCount));
  }
}

function textsOf({ lines }: Proposal): readonly string[] {
  return lines.map(({ text }) => text);
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
