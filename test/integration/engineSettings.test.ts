import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DeepwellApi } from '../../src/extension.ts';
import { deepwell, nextAnswer, openAt, revert, type, until } from './support.ts';

const LOAD_MS = 60_000;

describe('settings of the engine', () => {
  let api: DeepwellApi;

  before(async () => {
    api = await deepwell();
  });

  afterEach(async () => {
    await revert();
    for (const name of ['contextTokens', 'idleUnloadMinutes', 'threads', 'gpu']) await set(name, undefined);
    await until(() => contextTokens() === 8192, 'the model to be as before', LOAD_MS);
  });

  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('deepwell').update(name, value, vscode.ConfigurationTarget.Global);

  const contextTokens = () => {
    const { state } = api.engine;
    return state.kind === 'ready' ? state.engine.facts.contextTokens : undefined;
  };

  const pid = () => (api.engine.state.kind === 'ready' ? api.engine.state.engine.connection.pid : undefined);

  /** Types in one go, or all but the last key would be answered before it, and resolves when the model is at work. */
  async function generationUnderWay(text: string): Promise<void> {
    let thinking = false;
    const listener = api.completer.onDidChangeActivity((active) => (thinking ||= active));
    await openAt('src/files.py', 18);
    for (const key of text) await vscode.commands.executeCommand('type', { text: key });
    await vscode.commands.executeCommand('deepwell.trigger');
    await until(() => thinking, 'the model to be asked', 10_000);
    listener.dispose();
  }

  it('changed under a completion: it arrives, the model reloads, and the next one arrives', async () => {
    const before = pid();
    const answered = nextAnswer(
      api,
      ({ placement, view }) => placement !== undefined && view.prefix.endsWith('os.path.'),
    );
    await generationUnderWay('\n    return os.path.');
    await set('contextTokens', 2048);
    assert.ok((await answered).placement);
    await until(() => contextTokens() === 2048, 'the smaller context', LOAD_MS);
    assert.notEqual(pid(), before);
    // Nothing is remembered of what was not typed yet; an answer that was there before the editor asked comes from memory.
    const next = nextAnswer(
      api,
      ({ placement, view }) => placement !== undefined && view.prefix.includes('name = '),
    );
    await revert();
    await openAt('src/files.py', 18);
    await type('\n    name = os.path.');
    assert.ok((await next).placement);
  });

  it('asked for while the model reloads: the completion waits for it', async () => {
    await set('contextTokens', 2048);
    await until(() => api.engine.state.kind === 'loading', 'the model to reload', LOAD_MS);
    const answered = nextAnswer(
      api,
      ({ placement, view }) => placement !== undefined && view.prefix.includes('size = '),
    );
    await openAt('src/files.py', 18);
    await type('\n    size = os.path.');
    await vscode.commands.executeCommand('deepwell.trigger');
    assert.ok((await answered).placement);
    assert.equal(contextTokens(), 2048);
  });

  it('of a wrong type or out of bounds: the model runs on with what is possible', async () => {
    await set('contextTokens', 1);
    await until(() => contextTokens() === 1024, 'the smallest context', LOAD_MS);
    const before = pid();
    for (const [name, value] of [
      ['contextTokens', 'many'],
      ['threads', [1]],
      ['gpu', 7],
      ['idleUnloadMinutes', { a: 1 }],
    ] as const) {
      await set(name, value);
    }
    await until(() => contextTokens() === 8192, 'the default context', LOAD_MS);
    assert.notEqual(pid(), before);
  });

  it('puts the engine to sleep when nobody asks, and a key wakes it', async () => {
    const before = pid();
    await set('idleUnloadMinutes', 0.001);
    await until(() => api.engine.state.kind === 'asleep', 'the engine to sleep', 10_000);
    await until(() => !isRunning(before), 'the process to end', 10_000);
    await set('idleUnloadMinutes', undefined);
    assert.equal(api.engine.state.kind, 'asleep');
    const answered = nextAnswer(
      api,
      ({ placement, view }) => placement !== undefined && view.prefix.includes('parts = '),
    );
    await openAt('src/files.py', 18);
    await type('\n    parts = os.path.');
    assert.ok((await answered).placement);
    assert.notEqual(pid(), before);
  });
});

function isRunning(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
