import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Runs inside the extension host: reads VS Code's own table of activation times and writes one row to a file. */
describe('activation times', () => {
  it('stand in the startup performance report', async () => {
    const id = process.env['DEEPWELL_ACTIVATION_OF'] ?? '';
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension);
    await extension.activate();
    await vscode.commands.executeCommand('perfview.show');
    const row = await until(() =>
      vscode.workspace.textDocuments
        .map((document) => document.getText())
        .join('\n')
        .split('\n')
        .find((line) => line.includes(id) && line.split('|').length > 6),
    );
    const cells = row.split('|').map((cell) => cell.trim());
    const at = cells.indexOf(id);
    const [load, call, finish] = cells.slice(at + 2).map(Number);
    const target = process.env['DEEPWELL_ACTIVATION_TIMES'];
    assert.ok(target);
    assert.ok([load, call, finish].every(Number.isFinite), row);
    await writeFile(target, JSON.stringify({ load, call, finish }));
  });
});

async function until<T>(find: () => T | undefined): Promise<T> {
  for (let round = 0; round < 200; round++) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(
    `No row: ${vscode.workspace.textDocuments.map(({ uri, lineCount }) => `${uri.toString()} ${lineCount}`).join(', ')}`,
  );
}
