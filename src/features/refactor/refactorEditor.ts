import type { Event } from '../../base/emitter.ts';
import type { LineChange } from '../../core/refactor/absorb.ts';
import type { DocumentLines, TextEdit } from '../../core/refactor/textEdits.ts';

/** Where undo stops: edits without a stop between them are undone together. */
export interface UndoStops {
  readonly before: boolean;
  readonly after: boolean;
}

/** The document that a session writes into. */
export interface RefactorEditor extends DocumentLines {
  /** Every change, its own as well, before {@link apply} resolves. Each line number is one of after the changes before it. */
  readonly onDidChange: Event<readonly LineChange[]>;
  readonly onDidClose: Event<void>;
  /**
   * False where the document changed meanwhile: nothing was done. True otherwise, even where the editor may not be written in: then
   * no change is heard of.
   */
  apply(edits: readonly TextEdit[], stops: UndoStops): Promise<boolean>;
  /** True: the document is what it was before the first {@link apply}, and does not count as changed. False: nothing was done. */
  undoAll(): Promise<boolean>;
}
