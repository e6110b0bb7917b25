import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { DeepwellApi } from '../../src/extension.ts';
import { deepwell, nextAnswer, openAt, revert, type, until } from './support.ts';

/** Shorter lines, like `}`, occur in any report. */
const SHORTEST_TELLING_LINE = 8;

describe('Deepwell: Diagnose', () => {
  let api: DeepwellApi;

  before(async () => {
    api = await deepwell();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await revert();
  });

  async function report(): Promise<string> {
    await vscode.commands.executeCommand('deepwell.diagnose');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document && document.isUntitled && document.languageId === 'markdown');
    return document.getText();
  }

  it('tells of machine, model, engine, settings and answers, and of no text of the workspace', async () => {
    // On a busy machine it is there before the editor asks, and comes from memory.
    const answered = nextAnswer(api, ({ placement }) => placement !== undefined);
    const editor = await openAt('src/files.py', 18);
    await type('\n    unmistakable_name = os.path.');
    const { placement } = await answered;
    const source = editor.document.getText();
    const text = await report();

    for (const heading of [
      ...['Versions', 'Machine', 'Model', 'Engine', 'Deaths of the engine', 'Engine log'],
      ...['Settings that differ', 'Last answers'],
    ]) {
      assert.ok(text.includes(`\n## ${heading}\n`), heading);
    }
    assert.ok(api.engine.state.kind === 'ready');
    const { facts, connection } = api.engine.state.engine;
    for (const fact of [
      `- VS Code: ${vscode.version}`,
      `- architecture: ${facts.architecture}`,
      `- context: ${facts.contextTokens} of ${facts.trainContextTokens} tokens`,
      `- layers on the GPU: ${facts.gpuLayers}`,
      `- process: ${connection.pid}`,
      '- cached tokens: ',
      '- prefill speed: ',
      '- chunk size: ',
      'deepwell.model = ',
      ' info Loaded ',
    ]) {
      assert.ok(text.includes(fact), `${fact} in\n${text}`);
    }
    assert.match(text, /s ago (model|memory) +shown/);

    assert.ok(placement);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const telling = [...source.split('\n'), ...placement.text.split('\n')]
      .map((line) => line.trim())
      .filter((line) => line.length >= SHORTEST_TELLING_LINE);
    assert.ok(telling.length > 10);
    for (const secret of [...telling, 'unmistakable', 'files.py', folder?.name ?? '?', homedir()]) {
      assert.ok(!text.includes(secret), `${secret} in\n${text}`);
    }
  });

  it('works when the engine is dead, and says how it died', async () => {
    assert.ok(api.engine.state.kind === 'ready');
    const { pid } = api.engine.state.engine.connection;
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGKILL');
    await until(() => api.engine.state.kind !== 'ready', 'the death to be noticed', 10_000);
    const text = await report();
    assert.match(text, /- state: (loading|ready)/);
    assert.ok(text.includes(`process ${pid}: signal SIGKILL`), text);
    await until(() => api.engine.state.kind === 'ready', 'the next engine', 60_000);
  });
});
