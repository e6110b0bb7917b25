import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';

const OURS = 'deepwell.deepwell';
const EMPTY = 'deepwell-bench.empty';

/** Runs inside the extension host: reads VS Code's own table of activation times and writes two rows to a file. */
describe('activation times', () => {
  it('stand in the startup performance report', async () => {
    for (const id of [OURS, EMPTY]) await vscode.extensions.getExtension(id)?.activate();
    await vscode.commands.executeCommand('perfview.show');
    const times = await until(() => {
      const rows = vscode.workspace.textDocuments.flatMap((document) => document.getText().split('\n'));
      const [ours, empty] = [OURS, EMPTY].map((id) => timesOf(rows, id));
      return ours && empty && { ours, empty };
    });
    const target = process.env['DEEPWELL_ACTIVATION_TIMES'];
    assert.ok(target);
    await writeFile(target, JSON.stringify(times));
  });
});

/** Milliseconds to load the code, in `activate`, and until what that returned was settled. */
function timesOf(rows: readonly string[], id: string) {
  for (const row of rows) {
    const cells = row.split('|').map((cell) => cell.trim());
    const [load, call, finish] = cells.slice(cells.indexOf(id) + 2).map(Number);
    if (cells.includes(id) && cells.length > 6 && [load, call, finish].every(Number.isFinite)) {
      return { load, call, finish };
    }
  }
  return undefined;
}

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
