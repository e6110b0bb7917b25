import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { nullLog } from '../../src/base/log.ts';
import { unfinishedWord } from '../../src/core/completion/unfinishedWord.ts';
import type { DeepwellApi } from '../../src/extension.ts';
import { InlineCompletionProvider } from '../../src/features/inlineCompletion/provider.ts';
import { deepwell, nextAnswer, openAt, pause, revert, textOf, type, until } from './support.ts';

/** Longer than any delay and the small model's answer: what has not been asked by then is not asked. */
const SETTLED_MS = 1_500;

describe('completion in the extension host', () => {
  let api: DeepwellApi;

  before(async () => {
    api = await deepwell();
    // A window that is still starting takes the focus away, and with it the suggestion that was asked for.
    await suggestionFor('return os', 5_000).catch(revert);
    await revert();
  });

  afterEach(revert);

  async function suggestionFor(text: string, timeoutMs?: number): Promise<string> {
    await openAt('src/files.py', 18);
    await vscode.commands.executeCommand('type', { text: '\n' });
    const answered = nextAnswer(
      api,
      ({ placement, view }) => placement !== undefined && view.prefix.endsWith(text),
      timeoutMs,
    );
    await type(text);
    const { placement } = await answered;
    assert.ok(placement);
    return placement.text;
  }

  it('asks the model once for what is then typed through', async () => {
    const text = await suggestionFor('return os');
    let asked = 0;
    const listener = api.completer.onDidChangeActivity((thinking) => (asked += thinking ? 1 : 0));
    for (const [index, character] of [...text.slice(0, 4)].entries()) {
      const typed = `return os${text.slice(0, index + 1)}`;
      const answered = nextAnswer(api, ({ view }) => view.prefix.endsWith(typed));
      await type(character);
      const { from, placement } = await answered;
      assert.equal(from, 'memory');
      assert.equal(placement?.text, text.slice(index + 1));
    }
    listener.dispose();
    assert.equal(asked, 0);
  });

  it('is accepted by the commit command', async () => {
    const text = await suggestionFor('return os');
    const line = () => vscode.window.activeTextEditor?.document.lineAt(19).text;
    await until(
      async () => {
        // Does nothing until the text is shown, some time after the answer.
        await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
        return line() !== '    return os';
      },
      'the suggestion to be accepted',
      10_000,
    );
    assert.equal(line(), `    return os${text}`);
  });

  it('extends the item selected in the completion list, over its range', async () => {
    const editor = await openAt('src/files.py', 18);
    await editor.edit((edit) => edit.insert(editor.selection.active, '\n    return os.pa'));
    const position = editor.selection.active;
    const range = new vscode.Range(position.translate(0, -2), position);
    const items = await new InlineCompletionProvider(api.completer, nullLog).provideInlineCompletionItems(
      editor.document,
      position,
      {
        triggerKind: vscode.InlineCompletionTriggerKind.Invoke,
        selectedCompletionInfo: { range, text: 'path' },
      },
      new vscode.CancellationTokenSource().token,
    );
    const [item] = items ?? [];
    assert.ok(item, 'No suggestion.');
    assert.ok(typeof item.insertText === 'string');
    assert.match(item.insertText, /^path./);
    assert.ok(item.range?.isEqual(range));
  });

  it('asks nothing while the trigger is manual, and answers an explicit one', async () => {
    const configuration = vscode.workspace.getConfiguration('deepwell');
    await configuration.update('trigger', 'manual', vscode.ConfigurationTarget.Global);
    try {
      let asked = 0;
      const listener = api.completer.onDidChangeActivity((thinking) => (asked += thinking ? 1 : 0));
      await openAt('src/files.py', 18);
      await type('\nsize = os.');
      await pause(SETTLED_MS);
      assert.equal(asked, 0);
      const answered = nextAnswer(api, ({ placement }) => placement !== undefined);
      await vscode.commands.executeCommand('deepwell.trigger');
      assert.equal((await answered).from, 'model');
      listener.dispose();
    } finally {
      await configuration.update('trigger', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('has evaluated a file that was opened and looked at before the first key', async () => {
    assert.ok(api.engine.state.kind === 'ready');
    const { connection } = api.engine.state.engine;
    const { document, selection } = await openAt('src/cart.ts', 13);
    const before = document.getText(new vscode.Range(new vscode.Position(0, 0), selection.active));
    const known = before.slice(0, before.length - unfinishedWord(before).length);
    let cached = false;
    const warmUp = connection.warmUp.bind(connection);
    connection.warmUp = async (...call) => {
      const reply = await warmUp(...call);
      // All but the last one: it is evaluated with the next key.
      cached ||= textOf(call[1]).endsWith(known) && reply.cachedTokens >= reply.promptTokens - 1;
      return reply;
    };
    // A rest in which the engine was busy is not made up for: the cursor comes again.
    for (let tries = 0; tries < 8 && !cached; tries++) {
      await openAt('src/cart.ts', 12);
      await openAt('src/cart.ts', 13);
      await until(() => cached, 'the file to be evaluated', 4_000).catch(() => undefined);
    }
    assert.ok(cached);
    connection.warmUp = warmUp;
    const complete = connection.complete.bind(connection);
    const replied = new Promise<Awaited<ReturnType<typeof complete>>>((resolve) => {
      connection.complete = async (...call) => {
        const reply = await complete(...call);
        resolve(reply);
        return reply;
      };
    });
    await type('x');
    const { evaluatedTokens } = await replied;
    connection.complete = complete;
    assert.ok(evaluatedTokens < 10, `${evaluatedTokens} tokens evaluated`);
  });

  it('leaves Markdown alone until its language is switched on', async () => {
    await openAt('README.md', 0);
    const refused = nextAnswer(api, () => true);
    await type(' of a');
    assert.equal((await refused).reason, 'language off');
    await vscode.commands.executeCommand('deepwell.toggleLanguage');
    try {
      const answered = nextAnswer(api, ({ from }) => from === 'model' || from === 'memory');
      await type(' file');
      await answered;
    } finally {
      await vscode.workspace
        .getConfiguration('deepwell', { languageId: 'markdown' })
        .update('enabled', undefined, vscode.ConfigurationTarget.Global, true);
    }
  });

  it('can be looked into: the last request, and why there is this suggestion', async () => {
    const text = await suggestionFor('return os');
    const shown = async (command: string): Promise<string> => {
      await vscode.commands.executeCommand(command);
      const { document } = vscode.window.activeTextEditor ?? {};
      assert.equal(document?.uri.scheme, 'deepwell');
      const content = document.getText();
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      return content;
    };
    let request = await shown('deepwell.showLastRequest');
    // A suggestion is there before the model has written its last: what it cost is known a moment later.
    for (let tries = 0; tries < 20 && !request.includes('## Prompt: '); tries++) {
      await pause(250);
      request = await shown('deepwell.showLastRequest');
    }
    assert.match(request, /^# Deepwell: last request\n\nsrc\/files\.py:20:\d+, python, automatic trigger/);
    assert.match(request, /\n## Prompt: \d+ tokens, \d+ reused, \d+ evaluated/);
    assert.ok(request.includes('def '), request);
    const why = await shown('deepwell.showWhy');
    assert.ok(why.includes(`## Shown\n\n\`\`\`text\n${text}`), why);
  });

  it('is off while snoozed', async () => {
    await vscode.commands.executeCommand('deepwell.snooze');
    try {
      await openAt('src/files.py', 18);
      const refused = nextAnswer(api, () => true);
      await type('\nx');
      assert.equal((await refused).reason, 'snoozed');
    } finally {
      await vscode.commands.executeCommand('deepwell.endSnooze');
    }
  });
});
