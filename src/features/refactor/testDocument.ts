import * as vscode from 'vscode';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import { subjectOf } from '../../core/files/subject.ts';
import { testPath } from '../../core/refactor/testPath.ts';
import { within, LATE } from '../../base/within.ts';

const LONGEST_WAIT_MS = 1_000;

/** The document that holds the tests of another: the one the index knows of, else one where the language has them, not yet on the disk. */
export async function testDocumentOf(
  document: vscode.TextDocument,
  index: CodeIndex,
): Promise<vscode.TextDocument> {
  const { uri, languageId } = document;
  if (subjectOf(uri.path).isTest) return document;
  const known = await counterpartOf(uri, index);
  if (known) return vscode.workspace.openTextDocument(known);
  const wanted = uri.with({ path: testPath(uri.path) });
  if (await exists(wanted)) return vscode.workspace.openTextDocument(wanted);
  // Only a file on this machine's own file system can be named before it is saved.
  if (uri.scheme === 'file') return vscode.workspace.openTextDocument(wanted.with({ scheme: 'untitled' }));
  return vscode.workspace.openTextDocument({ language: languageId });
}

async function counterpartOf(uri: vscode.Uri, index: CodeIndex): Promise<vscode.Uri | undefined> {
  const cancel = new AbortController();
  const found = await within(index.neighbours(uri.toString(), cancel.signal), LONGEST_WAIT_MS);
  if (found === LATE) cancel.abort();
  const known = found === LATE ? undefined : found.counterparts[0];
  return known === undefined ? undefined : vscode.Uri.parse(known);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}
