import * as vscode from 'vscode';
import { isSecretFile } from '../core/files/secretFiles.ts';
import type { CodeIndex } from '../core/ports/codeIndex.ts';
import type { SourceText, SourceTexts } from '../core/ports/sourceTexts.ts';
import type { DocumentRules } from './documentRules.ts';
import { isCompleted } from './documents.ts';
import { pathOf } from './viewOf.ts';

/** Longer documents are not looked into. */
const LONGEST_CHARS = 1_000_000;

/** Open documents as the user sees them, every other file as the index has it. */
export class WorkspaceTexts implements SourceTexts {
  private readonly _index: CodeIndex;
  private readonly _rules: DocumentRules;

  constructor(index: CodeIndex, rules: DocumentRules) {
    this._index = index;
    this._rules = rules;
  }

  async read(uri: string, signal: AbortSignal): Promise<SourceText | undefined> {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
    const path = pathOf(document?.uri ?? vscode.Uri.parse(uri));
    if (isSecretFile(path)) return undefined;
    const text = document ? await this.textOf(document) : await this._index.text(uri, signal);
    return text === undefined ? undefined : { uri, path, text };
  }

  private async textOf(document: vscode.TextDocument): Promise<string | undefined> {
    if (!isCompleted(document) || !(await this._rules.allows(document.uri))) return undefined;
    const text = document.getText();
    return text.length > LONGEST_CHARS ? undefined : text.replaceAll('\r\n', '\n');
  }
}
