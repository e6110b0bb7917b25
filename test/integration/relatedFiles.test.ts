import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DeepwellApi } from '../../src/extension.ts';
import { deepwell, nextAnswer, openAt, textOf, type, until } from './support.ts';

const ACCESS_KEY = ['AKIA', 'QX7RNB2LTEOV5WHD'].join('');

const FILES = {
  '.env': 'API_TOKEN=never-in-a-prompt-1\n',
  '.deepwellignore': 'private.ts\n',
  '.gitignore': 'made/\n',
  'private.ts': "export function hidden() {\n  return 'never-in-a-prompt-2';\n}\n",
  'made/made.ts': "export function made() {\n  return 'never-in-a-prompt-3';\n}\n",
  'keys.ts': `export function signRequest(path: string) {\n  return sign(path, '${ACCESS_KEY}');\n}\n`,
  'prices.ts': 'export function priceWithTax(net: number, rate: number) {\n  return net * (1 + rate);\n}\n',
  'caller.ts': [
    "import { signRequest } from './keys';",
    "import { made } from './made/made';",
    "import { priceWithTax } from './prices';",
    "import { hidden } from './private';",
    '',
    'export const all = [signRequest, made, priceWithTax, hidden];',
    'const total = ',
  ].join('\n'),
};

describe('other files in the prompt', () => {
  let api: DeepwellApi;
  let folder: vscode.Uri;
  let prompts: string[];

  before(async () => {
    api = await deepwell();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = vscode.Uri.joinPath(workspace.uri, 'related');
    for (const [path, text] of Object.entries(FILES)) {
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
    }
    prompts = recordPrompts(api);
    // Whatever the machine is busy with: all of it is read ahead of time.
    await vscode.workspace
      .getConfiguration('deepwell')
      .update('idleWarmup', 'full', vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    await vscode.workspace
      .getConfiguration('deepwell')
      .update('idleWarmup', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('shows what a file imports, and nothing that is secret or ignored, seen and edited though it was', async () => {
    await until(
      async () => (await indexed('prices.ts')) !== undefined,
      'the new files to be indexed',
      30_000,
    );
    for (const path of ['.env', 'private.ts', 'made/made.ts', 'keys.ts']) {
      await openAt(`related/${path}`, 0);
      await type(' ');
      await vscode.commands.executeCommand('undo');
    }
    const isShown = (): boolean => {
      const paths = api.related.part.excerpts.map(({ path }) => path);
      return ['related/prices.ts', 'related/keys.ts'].every((path) => paths.includes(path));
    };
    // What comes too late for one pause, on a busy machine, is there for the next one.
    for (let pauses = 0; pauses < 10 && !isShown(); pauses++) {
      await openAt('related/caller.ts', 5);
      await openAt('related/caller.ts', 6);
      await until(isShown, 'the files that it imports', 3_000).catch(() => undefined);
    }
    const { document } = await openAt('related/caller.ts', 6);
    assert.ok(isShown(), 'The files that it imports are shown.');
    const answered = nextAnswer(api, ({ from }) => from === 'model' || from === 'memory');
    await type('p');
    await answered;
    const last = prompts.at(-1) ?? '';
    assert.ok(last.includes('priceWithTax(net: number, rate: number)'), last);
    assert.ok(last.includes('function signRequest'), last);
    assert.ok(last.includes(document.getText().slice(0, 60)), last);
    for (const secret of ['never-in-a-prompt', ACCESS_KEY]) {
      assert.deepEqual(
        prompts.filter((prompt) => prompt.includes(secret)),
        [],
      );
    }
    const texts = ['.env', 'private.ts', 'made/made.ts'].map((path) => indexed(path));
    assert.deepEqual(await Promise.all(texts), [undefined, undefined, undefined]);
  });

  const refused: [path: string, reason: string][] = [
    ['.env', 'secret file'],
    ['private.ts', 'ignored file'],
  ];
  for (const [path, reason] of refused) {
    it(`completes nothing in ${path}, not even when asked to`, async () => {
      await openAt(`related/${path}`, 0);
      const answered = nextAnswer(api, () => true);
      await vscode.commands.executeCommand('deepwell.trigger');
      assert.equal((await answered).reason, reason);
    });
  }

  it('sees unsaved text', async () => {
    const editor = await openAt('related/prices.ts', 2);
    await editor.edit((edit) => edit.insert(editor.selection.active, '\nexport const unsavedRate = 0.19;\n'));
    await until(
      async () => (await indexed('prices.ts'))?.includes('unsavedRate') === true,
      'the index to have it',
      30_000,
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(
      async () => (await indexed('prices.ts'))?.includes('unsavedRate') === false,
      'the index to have the disk again',
      30_000,
    );
  });

  it('sees open editors only while the index is off, and all of it when it is on again', async () => {
    const configuration = vscode.workspace.getConfiguration('deepwell');
    await configuration.update('index', false, vscode.ConfigurationTarget.Global);
    try {
      await until(() => api.index.state.kind === 'off', 'the index to be off', 10_000);
      assert.equal(await indexed('prices.ts'), undefined);
    } finally {
      await configuration.update('index', undefined, vscode.ConfigurationTarget.Global);
    }
    await until(() => api.index.state.kind === 'ready', 'the index to be ready', 30_000);
    await vscode.commands.executeCommand('deepwell.rebuildIndex');
    assert.equal(api.index.state.kind, 'indexing');
    await until(() => api.index.state.kind === 'ready', 'the index to be ready', 30_000);
    assert.ok((await indexed('prices.ts'))?.includes('priceWithTax'));
  });

  function indexed(path: string): Promise<string | undefined> {
    const uri = vscode.Uri.joinPath(folder, path).toString();
    return api.index.text(uri, new AbortController().signal);
  }
});

/** Every text that goes to the engine from now on. */
function recordPrompts({ engine }: DeepwellApi): string[] {
  assert.ok(engine.state.kind === 'ready');
  const { connection } = engine.state.engine;
  const prompts: string[] = [];
  const complete = connection.complete.bind(connection);
  const warmUp = connection.warmUp.bind(connection);
  connection.complete = (model, options) => {
    prompts.push(textOf(options.pieces));
    return complete(model, options);
  };
  connection.warmUp = (model, pieces, budgetMs, signal) => {
    prompts.push(textOf(pieces));
    return warmUp(model, pieces, budgetMs, signal);
  };
  return prompts;
}
