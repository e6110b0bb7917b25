import assert from 'node:assert/strict';
import { nullLog } from '../../../../src/base/log.ts';
import type { Conversation } from '../../../../src/core/chat/conversation.ts';
import { ChatInterrupted } from '../../../../src/core/ports/chatModel.ts';
import { ModelUnavailable } from '../../../../src/core/ports/model.ts';
import { NO_MODEL } from '../../../../src/core/models/modelProblem.ts';
import { ChatController } from '../../../../src/features/chat/chatController.ts';
import { isMessage } from '../../../../src/webview/state/chatState.ts';
import { FakeChatEditor } from '../../../support/chat/fakeChatEditor.ts';
import { FakePage } from '../../../support/chat/fakePage.ts';
import { MemoryConversations } from '../../../support/chat/memoryConversations.ts';
import { answered, asked, attachment, talk } from '../../../support/chat/turns.ts';
import { definition, ScriptedIndex, uriOf } from '../../../support/scriptedIndex.ts';
import { ScriptedChatModel } from '../../../support/scriptedChatModel.ts';
import { TextsInMemory } from '../../../support/textsInMemory.ts';
import { settle } from '../../../support/until.ts';

describe('the chat', () => {
  let model: ScriptedChatModel;
  let editor: FakeChatEditor;
  let index: ScriptedIndex;
  let store: MemoryConversations;
  let controller: ChatController;
  let page: FakePage;
  let errors: unknown[];

  const start = async (...kept: readonly Conversation[]): Promise<void> => {
    for (const each of kept) store.changed(each);
    let ids = 0;
    controller = new ChatController({
      ...{ model, editor, index, store, isReady: () => true, nowMs: () => 1_000_000 },
      resumes: true,
      texts: new TextsInMemory({ 'src/cart.ts': 'export function total() {\n  return 1;\n}\nother();\n' }),
      log: { ...nullLog, error: (_message, error) => errors.push(error) },
      newId: () => `id${++ids}`,
    });
    page = new FakePage(controller);
    page.open();
    await settle();
  };
  const say = async (message: Parameters<FakePage['say']>[0]): Promise<void> => {
    page.say(message);
    await settle();
  };
  const send = (text: string): Promise<void> => say({ type: 'send', text });
  const reply = async (text: string): Promise<void> => {
    model.request.write(text).end();
    await settle();
  };

  beforeEach(() => {
    model = new ScriptedChatModel();
    editor = new FakeChatEditor();
    index = new ScriptedIndex();
    store = new MemoryConversations();
    errors = [];
  });
  afterEach(() => {
    controller.dispose();
    assert.equal(page.lost, 0, 'No message was missed.');
    assert.deepEqual(errors, []);
  });

  describe('an answer', () => {
    it('streams into the page and is kept', async () => {
      await start();
      await send('Why?');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant (streaming): ']);
      model.request.write('Be', 'cause');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant (streaming): Because']);
      await reply('.');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant: Because.']);
      assert.deepEqual(store.texts('id1'), ['Why?', 'Because.']);
      assert.deepEqual(
        page.state.conversations.map(({ id, title, when }) => [id, title, when]),
        [['id1', 'Why?', 'just now']],
      );
      assert.deepEqual(page.state.meter.windowTokens, 1_000);
      assert.ok(page.state.meter.usedTokens > 5);
    });

    it('is given from the conversation, and from the rules of the workspace', async () => {
      editor.rules = 'Answer in verse.';
      await start(talk(asked('q', 'One?'), answered('a', '1')));
      await send('Two?');
      assert.deepEqual(
        model.request.turns.slice(1).map(({ role, text }) => `${role}: ${text}`),
        ['user: One?', 'assistant: 1', 'user: Two?'],
      );
      assert.match(model.request.turns[0]?.text ?? '', /Answer in verse\.$/);
      assert.ok(model.request.maxTokens > 500 && model.request.maxTokens < 1_000);
    });

    it('is stopped, and what was written stays', async () => {
      await start();
      await send('Why?');
      const { request } = model;
      request.write('Half');
      await say({ type: 'stop' });
      request.write(' more');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant (stopped): Half']);
      assert.deepEqual(store.texts('id1'), ['Why?', 'Half']);
    });

    const failures: [what: string, error: () => Error, reason: RegExp][] = [
      ['the engine that died', () => new ChatInterrupted(), /stopped in the middle/],
      ['a model that is not there', () => new ModelUnavailable(NO_MODEL), /Choose a GGUF/],
    ];
    for (const [what, error, reason] of failures) {
      it(`is marked where it was cut by ${what}, and can be asked for again`, async () => {
        await start();
        await send('Why?');
        model.request.write('Half').fail(error());
        await settle();
        assert.deepEqual(page.rows, ['user: Why?', 'assistant (partial): Half']);
        const entry = page.state.entries[1];
        assert.ok(entry && isMessage(entry) && reason.test(entry.message.reason));
        await say({ type: 'regenerate', message: page.id(-1) });
        assert.equal(model.request.variant, 0, 'It is the same answer that is wanted.');
        await reply('All of it.');
        assert.deepEqual(page.rows, ['user: Why?', 'assistant: All of it.']);
        assert.equal(model.request.turns.length, 2, 'The half answer is not part of the question.');
      });
    }

    it('is marked where any error ends it, and the error is logged', async () => {
      await start();
      await send('Why?');
      model.request.fail(new Error('a bug'));
      await settle();
      assert.deepEqual(page.rows, ['user: Why?', 'assistant (partial): ']);
      assert.deepEqual(errors.splice(0).map(String), ['Error: a bug']);
    });

    it('that was cut by the window says so', async () => {
      await start();
      await send('Why?');
      model.request.write('Half').end('length');
      await settle();
      assert.deepEqual(page.rows, ['user: Why?', 'assistant (partial): Half']);
    });

    it('is ended where the model repeats itself, and says so', async () => {
      await start();
      await send('Why?');
      const { request } = model;
      for (let times = 0; times < 30; times++) request.write('Because of the reason that it is so.\n\n');
      assert.equal(request.aborted, true);
      await settle();
      const entry = page.state.entries[1];
      assert.ok(entry && isMessage(entry));
      assert.match(entry.message.reason, /repeated itself/);
      assert.ok(entry.message.text.length < 1100);
    });

    it('of a model that was not made for conversations says so, once', async () => {
      await start();
      for (const question of ['Why?', 'And?']) {
        await send(question);
        model.request.write('So.').end('stop', { isUntaught: true });
        await settle();
      }
      assert.match(page.rows.splice(1, 1)[0] ?? '', /^notice: This model was not made for conversations/);
      assert.equal(page.rows.filter((row) => row.startsWith('notice')).length, 1);
    });

    it('names its sources as soon as they are known', async () => {
      index.defined = [definition('total', 'src/cart.ts')];
      await start();
      await send('What does `total` do?');
      const entry = page.state.entries[1];
      assert.ok(entry && isMessage(entry));
      assert.deepEqual(entry.message.sources, [{ label: 'src/cart.ts:1', path: 'src/cart.ts', line: 1 }]);
      assert.match(model.request.asked, /^From `src\/cart\.ts`, lines 1 to 3:\n/);
      await reply('It sums.');
    });

    it('is given once older turns are folded, with a note', async () => {
      const long = Array.from({ length: 10 }, (_, at) => [
        asked(`q${at}`, 'word '.repeat(60)),
        answered(`a${at}`, 'word '.repeat(60)),
      ]);
      await start(talk(...long.flat()));
      await send('And now?');
      const notice = page.rows.find((row) => row.startsWith('notice'));
      assert.match(notice ?? '', /\d+ older turns were folded to make room/);
      assert.ok(model.request.turns.length < 8, String(model.request.turns.length));
      await reply('Now.');
      assert.equal(page.rows.filter((row) => row.startsWith('notice')).length, 1);
    });

    it('is refused to a question that no window holds', async () => {
      await start();
      await send('word '.repeat(2_000));
      assert.equal(model.requests.length, 0);
      assert.match(page.rows[1] ?? '', /^assistant \(partial\)/);
    });
  });

  describe('a question', () => {
    it('that comes while an answer is written goes back into its box', async () => {
      await start();
      await send('Why?');
      await send('And?');
      assert.deepEqual(page.composed, ['And?']);
      await reply('Because.');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant: Because.']);
    });

    it('is edited: all that follows goes', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1'), asked('q2', 'Two?'), answered('a2', '2')));
      await say({ type: 'edit', message: 'q1', text: 'Uno?' });
      assert.deepEqual(page.rows, ['user: Uno?', 'assistant (streaming): ']);
      await reply('uno');
      assert.deepEqual(store.texts('talk'), ['Uno?', 'uno']);
    });

    it('is answered again: what follows goes, and only after a yes', async () => {
      const two = [asked('q1', 'One?'), answered('a1', '1'), asked('q2', 'Two?'), answered('a2', '2')];
      await start(talk(...two));
      editor.saysYes = false;
      await say({ type: 'regenerate', message: 'a1' });
      assert.equal(page.rows.length, 4);
      editor.saysYes = true;
      await say({ type: 'regenerate', message: 'a1' });
      await reply('one');
      assert.deepEqual(page.rows, ['user: One?', 'assistant: one']);
    });

    it('is answered otherwise each time: the likeliest words would be the same', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1')));
      for (const variant of [1, 2]) {
        await say({ type: 'regenerate', message: page.id(-1) });
        assert.equal(model.request.variant, variant);
        await reply('one');
      }
      await send('Two?');
      assert.equal(model.request.variant, 0);
    });

    it('is answered otherwise where the answer went round in circles', async () => {
      await start();
      await send('Why?');
      model.request.write('Because. '.repeat(200));
      await settle();
      assert.equal(model.request.aborted, true);
      await say({ type: 'regenerate', message: page.id(-1) });
      assert.equal(model.request.variant, 1);
    });

    it('is answered otherwise where the answer was longer than fits', async () => {
      await start();
      await send('Why?');
      model.request.write('Because').end('length');
      await settle();
      await say({ type: 'regenerate', message: page.id(-1) });
      assert.equal(model.request.variant, 1);
    });

    it('is deleted with its answer', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1'), asked('q2', 'Two?'), answered('a2', '2')));
      await say({ type: 'delete', message: 'q1' });
      assert.deepEqual(page.rows, ['user: Two?', 'assistant: 2']);
    });

    it('changes nothing while an answer is written', async () => {
      await start();
      await send('Why?');
      const [question, answer] = [page.id(0), page.id(1)];
      await say({ type: 'edit', message: question, text: 'What?' });
      await say({ type: 'delete', message: question });
      await say({ type: 'regenerate', message: answer });
      await reply('Because.');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant: Because.']);
      assert.equal(model.requests.length, 1);
    });

    it('of a wrong shape, or about what is not there, is dropped', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1')));
      for (const message of [
        null,
        'send',
        { type: 'send' },
        { type: 'send', text: 'x', more: 1 },
        { type: 'eval' },
      ]) {
        controller.receive(message);
      }
      for (const type of ['regenerate', 'copy', 'delete'] as const) await say({ type, message: 'other' });
      await say({ type: 'edit', message: 'other', text: 'x' });
      await say({ type: 'regenerate', message: 'q1' });
      await say({ type: 'completed', completion: 'other' });
      await say({ type: 'removeAttachment', attachment: 'other' });
      await say({ type: 'openConversation', conversation: 'other' });
      await say({ type: 'send', text: ' ' });
      assert.deepEqual(page.rows, ['user: One?', 'assistant: 1']);
      assert.equal(model.requests.length, 0);
      assert.deepEqual(editor.did, []);
    });
  });

  describe('the page', () => {
    it('may vanish at any time, and is told all when it is back', async () => {
      await start();
      await send('Why?');
      page.close();
      const { messages } = page;
      model.request.write('Be');
      assert.equal(page.messages, messages, 'Nobody would have heard it.');
      page.open();
      await settle();
      model.request.write('cause');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant (streaming): Because']);
      await reply('.');
      assert.deepEqual(page.rows, ['user: Why?', 'assistant: Because.']);
    });

    it('gets nothing before it says that it is there', async () => {
      await start();
      page.close();
      const heard: unknown[] = [];
      controller.connect((message) => heard.push(message));
      void controller.ask('Why?', []);
      await settle();
      assert.equal(model.requests.length, 1);
      assert.deepEqual(heard, []);
    });

    it('may be another one: the first is not heard of any more', async () => {
      await start();
      const other = new FakePage(controller);
      other.open();
      await settle();
      page.close();
      await say({ type: 'send', text: 'Why?' });
      assert.deepEqual(other.rows, ['user: Why?', 'assistant (streaming): ']);
    });
  });

  describe('what is attached', () => {
    it('follows the selection, until it is removed or sent', async () => {
      editor.selected = attachment('src/cart.ts', 'a\nb\nc', 1);
      await start();
      assert.deepEqual(page.chips, ['cart.ts:2–3']);
      await say({ type: 'removeAttachment', attachment: editor.selected.id });
      assert.deepEqual(page.chips, []);
      editor.select(attachment('src/cart.ts', 'a\nb\nc', 2));
      await settle();
      assert.deepEqual(page.chips, ['cart.ts:3']);
      await send('Why?');
      assert.deepEqual(page.chips, []);
      assert.match(model.request.asked, /^In `src\/cart\.ts`, line 3:\n```ts\nc\n```\n\nWhy\?$/);
      await reply('Because.');
      assert.deepEqual(page.chips, []);
      editor.select(undefined);
      await settle();
      editor.select(attachment('src/cart.ts', 'a\nb\nc', 2));
      await settle();
      assert.deepEqual(page.chips, ['cart.ts:3'], 'Selected anew, it is meant anew.');
      editor.select(attachment('src/cart.ts', 'a\nb\nc', 0, 1));
      await settle();
      assert.deepEqual(page.chips, ['cart.ts:1']);
    });

    it('is the open file where a command has nothing else to work on', async () => {
      editor.open = [{ uri: uriOf('src/cart.ts'), path: 'src/cart.ts' }];
      await start();
      await send('/explain');
      assert.match(model.request.asked, /^File `src\/cart\.ts`:/);
      await reply('It is.');
      await send('/tests');
      assert.doesNotMatch(model.request.asked, /cart\.ts/);
      await reply('Here.');
      await say({ type: 'newConversation' });
      await send('/explain closures');
      assert.doesNotMatch(model.request.asked, /cart\.ts/);
    });

    it('is a file or a symbol that was taken from the list', async () => {
      index.names = {
        files: [{ uri: uriOf('src/cart.ts'), path: 'src/cart.ts' }],
        symbols: [
          {
            uri: uriOf('src/cart.ts'),
            path: 'src/cart.ts',
            name: 'total',
            kind: 'function',
            firstLine: 0,
            lastLine: 2,
          },
        ],
      };
      await start();
      await say({ type: 'complete', request: 7, trigger: '@', query: 't' });
      const { request, items } = page.state.completions;
      assert.deepEqual([request, items.map(({ insert }) => insert)], [7, ['@cart.ts', '@total']]);
      for (const { id } of items) await say({ type: 'completed', completion: id });
      assert.deepEqual(page.chips, ['cart.ts', 'cart.ts:1–3']);
    });

    it('is counted, without loading a model for it', async () => {
      model.contextTokens = 0;
      await start();
      controller.attach(attachment('src/cart.ts', 'a b c'));
      await new Promise((resolve) => setTimeout(resolve, 400));
      assert.equal(model.counted, 0);
      model.contextTokens = 1_000;
      controller.attach(attachment('src/tax.ts', 'a b c'));
      await new Promise((resolve) => setTimeout(resolve, 400));
      assert.equal(model.counted, 1);
      assert.ok(page.state.meter.usedTokens > 6);
    });
  });

  describe('conversations', () => {
    it('are begun, opened and deleted', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1')));
      await say({ type: 'newConversation' });
      assert.deepEqual([page.state.shown, page.rows], ['', []]);
      await send('Two?');
      await reply('2');
      assert.deepEqual(
        page.state.conversations.map(({ title }) => title),
        ['Two?', 'One?'],
      );
      await say({ type: 'openConversation', conversation: 'talk' });
      assert.deepEqual(page.rows, ['user: One?', 'assistant: 1']);
      editor.saysYes = false;
      await say({ type: 'deleteConversation', conversation: 'talk' });
      assert.equal(page.state.conversations.length, 2);
      editor.saysYes = true;
      await say({ type: 'deleteConversation', conversation: 'talk' });
      assert.deepEqual([page.state.shown, page.rows, page.state.conversations.length], ['', [], 1]);
      assert.deepEqual(editor.did.at(-1), 'confirm: Delete the conversation “One?”?');
    });

    it('go on while another one is looked at', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1')));
      await say({ type: 'newConversation' });
      await send('Two?');
      await say({ type: 'openConversation', conversation: 'talk' });
      model.request.write('2');
      assert.deepEqual(page.rows, ['user: One?', 'assistant: 1']);
      await say({ type: 'openConversation', conversation: page.state.conversations[0]?.id ?? '' });
      assert.deepEqual(page.rows, ['user: Two?', 'assistant (streaming): 2']);
      await reply('!');
      assert.deepEqual(page.rows, ['user: Two?', 'assistant: 2!']);
    });

    it('are answered one at a time: who asks elsewhere ends the answer before', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1')));
      await send('More?');
      model.request.write('Half');
      await say({ type: 'newConversation' });
      await send('Two?');
      assert.deepEqual(
        model.requests.map(({ aborted }) => aborted),
        [true, false],
      );
      await reply('2');
      assert.deepEqual(page.rows, ['user: Two?', 'assistant: 2']);
      assert.deepEqual(store.texts('talk'), ['One?', '1', 'More?', 'Half']);
    });

    it('that are deleted while they are answered stay deleted', async () => {
      await start();
      await send('Why?');
      const { request } = model;
      await say({ type: 'deleteConversation', conversation: 'id1' });
      request.write('late');
      await settle();
      assert.equal(request.aborted, true);
      assert.deepEqual([store.kept.size, page.rows], [0, []]);
    });

    it('are all forgotten on request, and not written again', async () => {
      await start(talk(asked('q', 'Old?'), answered('a', 'Yes.')));
      await send('Why?');
      model.request.write('Half');
      await controller.forget();
      assert.equal(model.request.aborted, true);
      assert.deepEqual([page.rows, page.state.conversations], [[], []]);
      // As whoever deletes the files does.
      store.kept.clear();
      await send('And now?');
      await reply('So.');
      assert.deepEqual(page.rows, ['user: And now?', 'assistant: So.']);
      assert.deepEqual(
        [...store.kept.values()].map(({ turns }) => turns.map(({ text }) => text)),
        [['And now?', 'So.']],
      );
    });

    it('that could not be read are told of once', async () => {
      store.problem = 'One was damaged.';
      await start();
      await say({ type: 'ready' });
      assert.deepEqual(editor.did, ['warn: One was damaged.']);
    });

    it('are exported', async () => {
      await start(talk(asked('q1', 'One?'), answered('a1', '1')));
      await say({ type: 'exportConversation', conversation: 'talk' });
      assert.deepEqual(editor.did, ['markdown: # One?\n\n## Question\n\nOne?\n\n## Answer\n\n1\n']);
    });
  });

  it('explains in a conversation of its own', async () => {
    await start(talk(asked('q1', 'One?'), answered('a1', '1')));
    editor.selected = attachment('src/cart.ts', 'a\nb\nc', 1);
    const asking = controller.ask('/explain', [attachment('src/cart.ts', 'a\nb\nc', 1)]);
    await settle();
    assert.match(page.rows[0] ?? '', /^user: \/explain$/);
    assert.match(model.request.asked, /^In `src\/cart\.ts`, lines 2 to 3:[^]*Explain what this code does/);
    await reply('It is.');
    await asking;
    assert.equal(page.state.conversations[0]?.title, 'Explain: cart.ts:2–3');
    assert.equal(page.state.conversations.length, 2);
  });

  it('puts the focus into its box, also of a page that comes later', async () => {
    await start();
    page.close();
    controller.focus('Hello');
    page.open();
    await settle();
    assert.deepEqual(page.composed, ['Hello']);
  });

  it('opens files of the workspace, and links by the editor', async () => {
    editor.open = [{ uri: uriOf('src/cart.ts'), path: 'src/cart.ts' }];
    await start();
    await say({ type: 'openFile', path: 'src/cart.ts', line: 3 });
    await say({ type: 'openFile', path: '../../etc/passwd', line: 0 });
    await say({ type: 'openLink', href: 'https://example.org' });
    assert.deepEqual(editor.did, [
      'open: file:///src/cart.ts 3',
      'warn: There is no file “../../etc/passwd” in this workspace.',
      'link: https://example.org',
    ]);
  });

  describe('a code block', () => {
    const BLOCK = 'export function total() {\n  return 2;\n}';
    const CODE = { type: 'code', message: 'a1', language: 'ts', text: BLOCK } as const;
    const withCode = (): Conversation =>
      talk(
        asked('q1', 'Mend it', {
          attached: [attachment('src/cart.ts', 'export function total() {\n  return 1;\n}\n')],
        }),
        answered('a1', `In src/cart.ts:\n\`\`\`ts\n${BLOCK}\n\`\`\``),
      );

    it('is copied, inserted, and becomes a file', async () => {
      await start(withCode());
      for (const action of ['copy', 'insert', 'newFile'] as const) await say({ ...CODE, action });
      assert.deepEqual(editor.did, [`copy: ${BLOCK}`, `insert: ${BLOCK}`, `new typescript: ${BLOCK}`]);
    });

    it('is proposed to the file that it belongs to', async () => {
      editor.files.set(uriOf('src/cart.ts'), 'export function total() {\n  return 1;\n}\n\nother();\n');
      await start(withCode());
      await say({ ...CODE, action: 'apply' });
      assert.deepEqual(editor.did, ['propose: file:///src/cart.ts']);
      assert.equal(editor.files.get(uriOf('src/cart.ts')), `${BLOCK}\n\nother();\n`);
    });

    it('that has no place in the file is told of', async () => {
      editor.files.set(uriOf('src/cart.ts'), 'nothing();\n');
      await start(withCode());
      await say({ ...CODE, action: 'apply' });
      assert.match(editor.did.at(-1) ?? '', /^warn: Deepwell cannot tell where/);
    });

    it('whose file nothing tells is asked about', async () => {
      editor.picked = { uri: uriOf('src/cart.ts'), path: 'src/cart.ts' };
      await start(talk(asked('q1', 'Write it'), answered('a1', `\`\`\`ts\n${BLOCK}\n\`\`\``)));
      await say({ ...CODE, action: 'apply' });
      assert.deepEqual(editor.did.slice(0, 2), ['pick: ', 'propose: file:///src/cart.ts']);
    });
  });
});
