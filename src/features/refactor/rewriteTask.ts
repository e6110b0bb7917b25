import * as vscode from 'vscode';
import type { ChatTurn } from '../../core/ports/chatModel.ts';
import { AnswerReader } from '../../core/refactor/answerReader.ts';
import type { IndentationStyle } from '../../core/refactor/fitIndentation.ts';
import { HiddenSecrets } from '../../core/refactor/hiddenSecrets.ts';
import { type Passage, passageOf, withoutSecrets } from '../../core/refactor/passage.ts';
import { refactorTurns } from '../../core/refactor/refactorTurns.ts';
import { pathOf } from '../../workspace/viewOf.ts';
import type { Lines } from './enclosing.ts';

/** What to ask a model, and what to make of its answer. */
export interface RewriteTask {
  readonly turns: (aroundChars: number) => readonly ChatTurn[];
  /** What the answer will be about as long as. */
  readonly code: string;
  readonly reader: Pick<AnswerReader, 'read' | 'readWhole'>;
}

/** Lines of a document are rewritten by an instruction, which may depend on what the model sees of them. */
export function rewriteTask(
  document: vscode.TextDocument,
  lines: Lines,
  instructionFor: (passage: Passage) => string,
): RewriteTask {
  const passage = passageIn(document, lines);
  const secrets = new HiddenSecrets();
  const hidden = withoutSecrets(passage, secrets);
  const instruction = secrets.hide(instructionFor(hidden)).text;
  return {
    turns: (aroundChars) => refactorTurns(hidden, instruction, aroundChars),
    code: hidden.lines.join('\n'),
    reader: new AnswerReader({
      original: hidden.lines,
      language: passage.language,
      style: styleOf(document),
      secrets,
      keepsSecrets: true,
    }),
  };
}

export function passageIn(document: vscode.TextDocument, { start, end }: Lines): Passage {
  const { uri, languageId } = document;
  return passageOf({ path: pathOf(uri), languageId, lines: linesOf(document) }, start, end);
}

export function linesOf(document: vscode.TextDocument): readonly string[] {
  return document.getText().split(/\r?\n/);
}

/** As an editor that shows the document has it, else by the settings. */
export function styleOf(document: vscode.TextDocument): IndentationStyle {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const settings = vscode.workspace.getConfiguration('editor', document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  return {
    insertSpaces: typeof insertSpaces === 'boolean' ? insertSpaces : settings.get('insertSpaces', true),
    tabSize: typeof tabSize === 'number' ? tabSize : settings.get('tabSize', 4),
  };
}
