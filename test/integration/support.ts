import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Answer } from '../../src/core/completion/answer.ts';
import type { PromptPiece } from '../../src/core/ports/model.ts';
import type { DeepwellApi } from '../../src/extension.ts';

/** The running extension, with its model loaded. */
export async function deepwell(): Promise<DeepwellApi> {
  const extension = vscode.extensions.getExtension<DeepwellApi>('deepwell.deepwell');
  assert.ok(extension, 'The extension is not installed.');
  const api = await extension.activate();
  await until(() => api.engine.state.kind === 'ready', 'the model to be ready', 60_000);
  return api;
}

/** Opens a file of the workspace with the cursor at the end of `line`, counted from 0. */
export async function openAt(path: string, line: number): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
  const end = editor.document.lineAt(line).range.end;
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

/**
 * Types like a user: through the editor's own `type` command, one character after another. VS Code on a busy machine may not
 * ask at all after a burst: the last comes by itself.
 */
export async function type(text: string): Promise<void> {
  for (const [index, character] of [...text].entries()) {
    if (index > 0 && index === text.length - 1) await pause(400);
    await vscode.commands.executeCommand('type', { text: character });
  }
}

/** Puts the file back as it is on disk. */
export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** The next answer that `accepts`. Where there is none, the error tells those that came. */
export async function nextAnswer(
  api: DeepwellApi,
  accepts: (answer: Answer) => boolean,
  timeoutMs = 30_000,
): Promise<Answer> {
  const answers: Answer[] = [];
  const listener = api.completer.onDidAnswer((answer) => answers.push(answer));
  try {
    await until(() => answers.some(accepts), 'an answer', timeoutMs).catch((error: unknown) => {
      const seen = answers.map(({ from, reason }) => reason ?? from);
      throw new Error(`Of ${seen.length} answers none was wanted: ${seen.join(', ')}.`, { cause: error });
    });
    return answers.find(accepts)!;
  } finally {
    listener.dispose();
  }
}

/** A prompt as the engine gets it. */
export function textOf(pieces: readonly PromptPiece[]): string {
  const texts = pieces.map((piece) =>
    'special' in piece ? piece.special : 'segment' in piece ? piece.segment : piece.text,
  );
  return texts.join('');
}

export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs: number,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await holds())) {
    assert.ok(performance.now() < deadlineMs, `Waited ${timeoutMs} ms for ${what}.`);
    await pause(20);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
