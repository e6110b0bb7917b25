import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { deleteAll, deleteLocalData, type LocalData } from '../../src/features/localData/deleteLocalData.ts';
import { deepwell, until } from './support.ts';

describe('Deepwell: Delete All Local Data', () => {
  let folder: string;
  let stops: number;

  before(deepwell);

  beforeEach(async () => {
    stops = 0;
    folder = await mkdtemp(join(tmpdir(), 'deepwell-data-'));
    await mkdir(join(folder, 'models', 'deep'), { recursive: true });
    await writeFile(join(folder, 'models', 'deep', 'a.gguf'), 'x'.repeat(5_000_000));
    await writeFile(join(folder, 'state.json'), '{}');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  function data(more: Partial<LocalData> = {}): LocalData {
    return {
      folders: [{ what: 'downloaded models', uri: vscode.Uri.file(folder) }],
      states: [memento({ 'rivals.dismissed': ['a.b'] })],
      settings: ['deepwell.trigger', 'deepwell.enabled', 'deepwell.debounceMs'],
      stop: async () => void stops++,
      ...more,
    };
  }

  it('says what it would delete, and deletes nothing without a yes', async () => {
    let asked: readonly string[] = [];
    await deleteLocalData(data(), async (what) => {
      asked = what;
      return false;
    });
    assert.deepEqual(asked, [
      `downloaded models: 2 files, 5 MB, in ${vscode.Uri.file(folder).fsPath}`,
      'remembered choices: rivals.dismissed',
    ]);
    assert.deepEqual([existsSync(join(folder, 'state.json')), stops], [true, 0]);
  });

  it('deletes user settings and state, stops the engine, then deletes files', async () => {
    const configuration = vscode.workspace.getConfiguration('deepwell');
    const markdown = vscode.workspace.getConfiguration('deepwell', { languageId: 'markdown' });
    await configuration.update('trigger', 'manual', vscode.ConfigurationTarget.Global);
    await markdown.update('enabled', true, vscode.ConfigurationTarget.Global, true);
    const state = memento({ one: 1, two: 2 });
    let asked: readonly string[] = [];
    await deleteLocalData(
      data({
        states: [state],
        stop: async () => {
          stops++;
          assert.ok(existsSync(folder));
          // What a changed setting starts has to be stopped, too.
          assert.deepEqual(state.keys(), []);
        },
      }),
      async (what) => {
        asked = what;
        return true;
      },
    );
    assert.ok(asked.includes('user settings: deepwell.trigger, deepwell.enabled'), asked.join('\n'));
    assert.deepEqual([existsSync(folder), state.keys(), stops], [false, [], 1]);
    const gone = (): boolean => {
      const now = vscode.workspace.getConfiguration('deepwell', { languageId: 'markdown' });
      const trigger = now.inspect('trigger')?.globalValue;
      return trigger === undefined && now.inspect('enabled')?.globalLanguageValue === undefined;
    };
    await until(gone, 'the settings to go', 30_000);
  });

  it('says what could not be deleted, and deletes the rest', async () => {
    const stubborn = memento({ one: 1, two: 2 });
    const update = stubborn.update.bind(stubborn);
    stubborn.update = async (key: string, value: unknown) => {
      if (key === 'one') throw new Error('read-only');
      await update(key, value);
    };
    assert.deepEqual(await deleteAll(data({ states: [stubborn] })), ['one (read-only)']);
    assert.deepEqual([existsSync(folder), stubborn.keys()], [false, ['one']]);
  });

  it('has nothing to say of folders that do not exist', async () => {
    await rm(folder, { recursive: true });
    assert.deepEqual(await deleteAll(data()), []);
  });
});

function memento(values: Record<string, unknown>) {
  const map = new Map(Object.entries(values));
  return {
    keys: () => [...map.keys()],
    get: (key: string) => map.get(key),
    update: async (key: string, value: unknown): Promise<void> => {
      if (value === undefined) map.delete(key);
      else map.set(key, value);
    },
  } as vscode.Memento & { update(key: string, value: unknown): Promise<void> };
}
