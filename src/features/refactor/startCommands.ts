import * as vscode from 'vscode';
import { isSecretFile } from '../../core/files/secretFiles.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import { documentInstruction } from '../../core/refactor/documentInstruction.ts';
import { fixInstruction, type Problem } from '../../core/refactor/fixInstruction.ts';
import { suggestInstructions } from '../../core/refactor/suggestInstructions.ts';
import type { DocumentRules } from '../../workspace/documentRules.ts';
import { isCompleted } from '../../workspace/documents.ts';
import { pathOf } from '../../workspace/viewOf.ts';
import { askInstruction } from './askInstruction.ts';
import { problemOf } from './codeActions.ts';
import { definitionAround, type Lines, linesMeant, textIn, wholeLines } from './enclosing.ts';
import type { Refactoring } from './refactoring.ts';
import { passageIn, rewriteTask } from './rewriteTask.ts';
import { testDocumentOf } from './testDocument.ts';
import { testLines, testTask } from './testTask.ts';

/** A definition of more lines is not rewritten whole to mend one of them. */
const LONGEST_FIX_LINES = 80;
const FIX_LINES_AROUND = 4;

/** The commands that begin a change. */
export class StartCommands {
  private readonly _refactoring: Refactoring;
  private readonly _index: CodeIndex;
  private readonly _rules: DocumentRules;
  private _lastInstruction = '';

  constructor(refactoring: Refactoring, index: CodeIndex, rules: DocumentRules) {
    this._refactoring = refactoring;
    this._index = index;
    this._rules = rules;
  }

  /** Asks what to do with the selection, or with the definition around the cursor. */
  async refactor(): Promise<void> {
    const place = await this.place();
    if (!place) return;
    const { document, lines } = place;
    const suggestions = suggestInstructions(passageIn(document, lines));
    const instruction = await askInstruction(suggestions, this._lastInstruction);
    if (instruction === undefined) return;
    if (!suggestions.some((each) => each.instruction === instruction)) this._lastInstruction = instruction;
    await this.rewrite(document, lines, () => instruction);
  }

  async document(): Promise<void> {
    const place = await this.place();
    if (!place) return;
    await this.rewrite(place.document, place.lines, ({ language }) => documentInstruction(language));
  }

  /** From a quick fix with the arguments of the code action; from elsewhere whatever is wrong at the selection. */
  async fix(uri: unknown, range: unknown, problems: unknown): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !(await this.mayChange(editor.document))) return;
    const { document, selection } = editor;
    const isGiven =
      range instanceof vscode.Range && String(uri) === document.uri.toString() && areProblems(problems);
    const meant = isGiven ? range : selection;
    const told = isGiven ? problems : problemsAt(document, selection);
    if (told.length === 0) {
      say(vscode.l10n.t('Deepwell: there is no problem at the cursor.'));
      return;
    }
    const lines = await linesToFix(document, meant);
    if (!lines) return;
    await this.rewrite(document, lines, (passage) => fixInstruction(told, passage.lines));
  }

  /** Adds tests of the selection, or of the definition around the cursor, to the file that holds the tests of this one. */
  async generateTests(): Promise<void> {
    const place = await this.place();
    if (!place) return;
    const code = passageIn(place.document, place.lines);
    const document = await testDocumentOf(place.document, this._index);
    if (isSecretFile(pathOf(document.uri))) return;
    const mayBeShown = await this._rules.allows(document.uri);
    const viewColumn = document === place.document ? undefined : vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn, preview: false });
    await this._refactoring.run(document, testLines(document), (lines) =>
      testTask(code, document, lines, mayBeShown),
    );
  }

  private rewrite(
    document: vscode.TextDocument,
    lines: Lines,
    instructionFor: Parameters<typeof rewriteTask>[2],
  ): Promise<void> {
    return this._refactoring.run(document, lines, (now) => rewriteTask(document, now, instructionFor));
  }

  /** What the user means; undefined, and said why, where there is nothing or it is not for us to see. */
  private async place(): Promise<{ document: vscode.TextDocument; lines: Lines } | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !(await this.mayChange(editor.document))) return undefined;
    const { document, selection } = editor;
    const lines = await linesMeant(document, selection);
    if (!lines) say(vscode.l10n.t('Deepwell: select the code first.'));
    return lines && { document, lines };
  }

  private async mayChange(document: vscode.TextDocument): Promise<boolean> {
    const { t } = vscode.l10n;
    const { uri } = document;
    if (!isCompleted(document) || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
      say(t('Deepwell: this document cannot be changed.'));
      return false;
    }
    if (isSecretFile(pathOf(uri)) || (await this._rules.keepsOut(uri))) {
      say(t('Deepwell: this file is kept from the model, by its name or by .deepwellignore.'));
      return false;
    }
    return true;
  }
}

function say(message: string): void {
  void vscode.window.showInformationMessage(message);
}

/** The definition around a problem, where it is not too long; else some lines around it. */
async function linesToFix(document: vscode.TextDocument, range: vscode.Range): Promise<Lines | undefined> {
  const around = await definitionAround(document, range, LONGEST_FIX_LINES);
  if (around) return textIn(document, around);
  const { start, end } = wholeLines(range);
  return textIn(document, {
    start: Math.max(0, start - FIX_LINES_AROUND),
    end: Math.min(document.lineCount, end + FIX_LINES_AROUND),
  });
}

function problemsAt(document: vscode.TextDocument, selection: vscode.Selection): Problem[] {
  const { start, end } = wholeLines(selection);
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => range.start.line < end && range.end.line >= start)
    .map((diagnostic) => problemOf(document, diagnostic));
}

/** Commands can be run with anything. */
function areProblems(value: unknown): value is readonly Problem[] {
  const has = (each: object, name: keyof Problem): boolean => typeof Reflect.get(each, name) === 'string';
  return (
    Array.isArray(value) &&
    value.every((each: unknown) => {
      return (
        typeof each === 'object' &&
        each !== null &&
        has(each, 'message') &&
        has(each, 'source') &&
        has(each, 'code')
      );
    })
  );
}
