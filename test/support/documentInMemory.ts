import { Emitter } from '../../src/base/emitter.ts';
import type { LineChange } from '../../src/core/refactor/absorb.ts';
import type { DocumentLines, TextEdit } from '../../src/core/refactor/textEdits.ts';

/** A text as VS Code holds it: lines, one kind of line end, edits of a version applied all at once. */
export class DocumentInMemory implements DocumentLines {
  private readonly _changed = new Emitter<readonly LineChange[]>();
  private _lines: readonly string[];
  readonly eol: '\n' | '\r\n';
  readonly onDidChange = this._changed.event;

  /** Goes up with every change. */
  version = 1;

  constructor(text: string, eol: '\n' | '\r\n' = text.includes('\r\n') ? '\r\n' : '\n') {
    this.eol = eol;
    this._lines = text.split(eol);
  }

  get text(): string {
    return this._lines.join(this.eol);
  }

  get lineCount(): number {
    return this._lines.length;
  }

  lines(start: number, end: number): readonly string[] {
    return this._lines.slice(start, end);
  }

  /** Throws where edits overlap or lie outside, as VS Code does. */
  edit(edits: readonly TextEdit[]): void {
    const changes: LineChange[] = [];
    let behind = this.text.length;
    let text = this.text;
    const places = edits.map((edit) => ({
      edit,
      start: this.offset(edit, 'start'),
      end: this.offset(edit, 'end'),
    }));
    // The last one first; of two at one place the later one.
    places.reverse().sort((a, b) => b.end - a.end || b.start - a.start);
    for (const { edit, start, end } of places) {
      if (start > end || end > behind) throw new Error('Overlapping ranges are not allowed');
      behind = start;
      text = text.slice(0, start) + edit.text + text.slice(end);
      changes.push(lineChange(edit));
    }
    this._lines = text.split(/\r?\n/);
    this.version++;
    this._changed.fire(changes);
  }

  /** Somebody types: the first `find` is replaced. */
  type(find: string, replacement: string): void {
    const at = this.text.indexOf(find);
    if (at < 0) throw new Error(`There is no ${find}`);
    const [start, end] = [this.place(at), this.place(at + find.length)];
    this.edit([
      {
        startLine: start.line,
        startCharacter: start.character,
        endLine: end.line,
        endCharacter: end.character,
        text: replacement,
      },
    ]);
  }

  private offset(edit: TextEdit, side: 'start' | 'end'): number {
    const [line, character] =
      side === 'start' ? [edit.startLine, edit.startCharacter] : [edit.endLine, edit.endCharacter];
    const text = this._lines[line];
    if (text === undefined || character > text.length) throw new Error(`No place ${line}:${character}`);
    return this._lines.slice(0, line).reduce((sum, each) => sum + each.length + this.eol.length, character);
  }

  private place(offset: number): { line: number; character: number } {
    const before = this.text.slice(0, offset).split(this.eol);
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  }
}

function lineChange({ startLine, startCharacter, endLine, endCharacter, text }: TextEdit): LineChange {
  const breaks = text.split('\n').length - 1;
  const isWhole = startCharacter === 0 && endCharacter === 0 && (text === '' || text.endsWith('\n'));
  if (isWhole) return { start: startLine, end: endLine, count: breaks };
  return { start: startLine, end: endLine + 1, count: breaks + 1 };
}
