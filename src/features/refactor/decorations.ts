import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Mark, Proposal } from '../../core/refactor/proposal.ts';

type Drawn = Exclude<Mark, 'kept'>;

/** Draws the lines of a proposal in the colours of VS Code's own diffs, as the theme has them when this is made. */
export class Decorations implements Disposable {
  private readonly _store = new DisposableStore();
  private readonly _types: Readonly<Record<Drawn, vscode.TextEditorDecorationType>>;

  constructor() {
    const add = (options: vscode.DecorationRenderOptions): vscode.TextEditorDecorationType =>
      this._store.add(vscode.window.createTextEditorDecorationType({ isWholeLine: true, ...options }));
    this._types = {
      removed: add({
        ...lineOf('removed', 'deleted'),
        ...(isHighContrast() && { textDecoration: 'line-through' }),
      }),
      added: add(lineOf('inserted', 'added')),
      waiting: add({ opacity: '0.6' }),
    };
  }

  /** In every editor that shows the document; none of it where the proposal is undefined. */
  draw(document: vscode.TextDocument, proposal: Proposal | undefined): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document !== document) continue;
      for (const mark of DRAWN)
        editor.setDecorations(this._types[mark], proposal ? rangesOf(proposal, mark) : []);
    }
  }

  dispose(): void {
    this._store.dispose();
  }
}

const DRAWN: readonly Drawn[] = ['removed', 'added', 'waiting'];

function rangesOf({ firstLine, lines }: Proposal, mark: Drawn): vscode.Range[] {
  return lines.flatMap((line, index) => {
    return line.mark === mark
      ? [new vscode.Range(firstLine + index, 0, firstLine + index, line.text.length)]
      : [];
  });
}

/** High contrast has no background colours for lines: there each has a border. */
function lineOf(name: 'removed' | 'inserted', gutter: 'deleted' | 'added'): vscode.DecorationRenderOptions {
  const options: vscode.DecorationRenderOptions = {
    backgroundColor: new vscode.ThemeColor(`diffEditor.${name}LineBackground`),
    overviewRulerColor: new vscode.ThemeColor(`editorOverviewRuler.${gutter}Foreground`),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  };
  if (!isHighContrast()) return options;
  return {
    ...options,
    border: '1px dashed',
    borderColor: new vscode.ThemeColor(`diffEditor.${name}TextBorder`),
  };
}

function isHighContrast(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight;
}
