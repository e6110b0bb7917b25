import assert from 'node:assert/strict';
import { languageOf } from '../../../../src/core/languages/languageOf.ts';
import { type ChatAnswer, ChatInterrupted } from '../../../../src/core/ports/chatModel.ts';
import { AnswerReader } from '../../../../src/core/refactor/answerReader.ts';
import { HiddenSecrets } from '../../../../src/core/refactor/hiddenSecrets.ts';
import { RefactorSession } from '../../../../src/features/refactor/session.ts';
import { EditorInMemory } from '../../../support/editorInMemory.ts';
import { pictureOf } from '../../../support/proposalPicture.ts';
import { settle, until } from '../../../support/until.ts';

const TEXT = 'top\n  one();\n  two();\n  three();\nbottom\n';

/** A session on lines 1 to 3, and the model that answers in it. */
class Scene {
  readonly editor: EditorInMemory;
  readonly session: RefactorSession;
  readonly running: Promise<void>;
  isAborted = false;
  say: (text: string) => void = () => undefined;
  finish: (finish?: ChatAnswer['finish']) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  constructor(text = TEXT, start = 1, end = 4) {
    this.editor = new EditorInMemory(text);
    const reader = new AnswerReader({
      original: this.editor.lines(start, end),
      language: languageOf({ languageId: 'typescript', path: 'a.ts' }),
      style: { insertSpaces: true, tabSize: 2 },
      secrets: new HiddenSecrets(),
      keepsSecrets: true,
    });
    this.session = new RefactorSession({
      editor: this.editor,
      start,
      end,
      reader,
      ask: (onText, signal) =>
        new Promise((resolve, reject) => {
          this.say = onText;
          this.finish = (finish = 'stop') => resolve(finish);
          this.fail = reject;
          signal.addEventListener('abort', () => (this.isAborted = true));
        }),
    });
    this.running = this.session.run();
  }

  /** The whole answer, a few characters at a time, and all that comes of it. */
  async answer(lines: string, finish: ChatAnswer['finish'] = 'stop'): Promise<void> {
    for (const [piece] of `\`\`\`ts\n${lines}\n\`\`\``.matchAll(/[^]{1,5}/g)) {
      this.say(piece);
      await settle(1);
    }
    this.finish(finish);
    await this.running;
  }

  get picture(): string {
    return pictureOf(this.session.proposal.lines);
  }

  get text(): string {
    return this.editor.text;
  }
}

describe('RefactorSession', () => {
  it('writes new lines below the old ones as they come, and leaves the old ones there', async () => {
    const scene = new Scene();
    scene.say('```ts\n  one();\n  TWO();\n');
    await settle();
    assert.equal(scene.picture, '   one();\n-  two();\n+  TWO();\n.  three();');
    assert.equal(scene.text, 'top\n  one();\n  two();\n  TWO();\n  three();\nbottom\n');
    assert.equal(scene.session.state, 'writing');
    scene.say('  three();\n```');
    scene.finish();
    await scene.running;
    assert.equal(scene.session.state, 'review');
    assert.equal(scene.picture, '   one();\n-  two();\n+  TWO();\n   three();');
  });

  it('accepts all in one step to undo', async () => {
    const scene = new Scene();
    await scene.answer('  one();\n  TWO();\n  three();\n  four();');
    await scene.session.acceptAll();
    assert.equal(scene.text, 'top\n  one();\n  TWO();\n  three();\n  four();\nbottom\n');
    assert.equal(scene.session.outcome, 'accepted');
    assert.equal(scene.editor.undoSteps, 1);
    scene.editor.undo();
    assert.equal(scene.text, TEXT);
  });

  it('accepts one change and rejects another, in one step to undo', async () => {
    const scene = new Scene();
    await scene.answer('  ONE();\n  two();\n  THREE();');
    assert.equal(scene.session.hunks.length, 2);
    const next = await scene.session.decide(0, true);
    assert.equal(next, 3, 'where the other one is by now');
    assert.equal(scene.session.state, 'review');
    assert.equal(await scene.session.decide(3, false), undefined);
    assert.equal(scene.text, 'top\n  ONE();\n  two();\n  three();\nbottom\n');
    assert.equal(scene.session.outcome, 'accepted');
    assert.equal(scene.editor.undoSteps, 1);
    scene.editor.undo();
    assert.equal(scene.text, TEXT);
  });

  it('decides on the change at a line, else on the next, else on the first', async () => {
    for (const [line, text] of [
      [2, 'top\n  ONE();\n  two();\n  three();\n  THREE();\nbottom\n'],
      [3, 'top\n  one();\n  ONE();\n  two();\n  THREE();\nbottom\n'],
      [6, 'top\n  ONE();\n  two();\n  three();\n  THREE();\nbottom\n'],
    ] as const) {
      const scene = new Scene();
      await scene.answer('  ONE();\n  two();\n  THREE();');
      await scene.session.decide(line === 6 ? 99 : line, true);
      assert.equal(scene.text, text, `line ${line}`);
    }
  });

  const rejections: [name: string, reject: (session: RefactorSession) => Promise<unknown>][] = [
    ['at once', (session) => session.discard()],
    ['one by one', (session) => session.decide(0, false).then(() => session.decide(0, false))],
  ];
  for (const [name, reject] of rejections) {
    it(`undoes its edits when all is rejected ${name}`, async () => {
      const scene = new Scene(TEXT.replaceAll('\n', '\r\n'));
      await scene.answer('  ONE();\n  two();\n  THREE();');
      await reject(scene.session);
      assert.equal(scene.text, TEXT.replaceAll('\n', '\r\n'));
      assert.equal(scene.session.outcome, 'rejected');
      assert.equal(scene.editor.undoSteps, 0);
    });

    it(`takes its lines out where it cannot undo, when all is rejected ${name}`, async () => {
      const scene = new Scene(TEXT.replaceAll('\n', '\r\n'));
      scene.editor.isBeside = true;
      await scene.answer('  ONE();\n  two();\n  THREE();');
      await reject(scene.session);
      assert.equal(scene.text, TEXT.replaceAll('\n', '\r\n'));
      assert.equal(scene.session.outcome, 'rejected');
      assert.equal(scene.editor.undoSteps, 1);
    });
  }

  it('proposes the whole answer, also where its end comes while a part is still being drawn', async () => {
    const scene = new Scene();
    scene.say('```ts\n  ONE();\n');
    scene.say('```');
    scene.finish();
    await scene.running;
    await settle();
    assert.equal(scene.picture, '-  one();\n-  two();\n-  three();\n+  ONE();');
    await scene.session.acceptAll();
    assert.equal(scene.text, 'top\n  ONE();\nbottom\n');
  });

  it('takes its lines out without an undo for who types elsewhere', async () => {
    const scene = new Scene();
    scene.say('```ts\n  ONE();\n');
    await settle();
    const { undoSteps } = scene.editor;
    scene.fail(new ChatInterrupted());
    await scene.running;
    assert.equal(scene.text, TEXT);
    assert.equal(scene.editor.undoSteps, undoSteps);
  });

  it('is discarded while it is written: resolves when its lines are out', async () => {
    const scene = new Scene();
    scene.say('```ts\n  ONE();\n');
    await settle();
    await scene.session.discard('edit');
    assert.equal(scene.text, TEXT);
    assert.equal(scene.session.outcome, 'stopped');
  });

  it('undoes nothing that was accepted', async () => {
    const scene = new Scene();
    await scene.answer('  ONE();\n  two();\n  THREE();');
    await scene.session.decide(0, true);
    await scene.session.discard();
    assert.equal(scene.text, TEXT.replace('one', 'ONE'));
    assert.equal(scene.session.outcome, 'accepted');
  });

  it('leaves the document as it was when it is stopped', async () => {
    const scene = new Scene();
    scene.say('```ts\n  ONE();\n  TWO();\n');
    await settle();
    assert.notEqual(scene.text, TEXT);
    scene.session.stop();
    scene.say('  THREE();\n');
    await scene.running;
    assert.ok(scene.isAborted);
    assert.equal(scene.text, TEXT);
    assert.equal(scene.session.outcome, 'stopped');
    assert.equal(scene.session.error, undefined);
  });

  const failures: [name: string, act: (scene: Scene) => void | Promise<void>, message: RegExp][] = [
    ['the engine dies', (scene) => scene.fail(new ChatInterrupted()), /stopped in the middle/],
    ['the answer is cut off', (scene) => scene.finish('length'), /cut off/],
    ['there is no code in it', (scene) => scene.finish('stop'), /without code/],
  ];
  for (const [name, act, message] of failures) {
    it(`leaves the document as it was when ${name}`, async () => {
      const scene = new Scene();
      if (!name.startsWith('there')) scene.say('```ts\n  ONE();\n  TWO();\n');
      await settle();
      await act(scene);
      await scene.running;
      assert.equal(scene.text, TEXT);
      assert.equal(scene.session.outcome, 'failed');
      assert.match(String(scene.session.error), message);
    });
  }

  it('never touches a document that gets the same code back', async () => {
    const scene = new Scene();
    await scene.answer('  one();\n  two();\n  three();');
    assert.equal(scene.session.outcome, 'unchanged');
    assert.equal(scene.editor.version, 1);
  });

  it('gives up where the editor refuses every edit', async () => {
    const scene = new Scene();
    scene.editor.isReadOnly = true;
    await scene.answer('  ONE();\n  two();\n  three();');
    assert.equal(scene.session.outcome, 'failed');
    assert.match(String(scene.session.error), /does not let/);
    assert.equal(scene.text, TEXT);
  });

  it('moves with what is edited above it, also while it is being written', async () => {
    const scene = new Scene();
    scene.say('```ts\n  ONE();\n');
    scene.editor.type('top\n', 'top\nnew\nnew\n');
    await settle();
    scene.editor.type('bottom', 'end');
    scene.editor.type('new\n', '');
    scene.say('  two();\n  three();\n```');
    scene.finish();
    await scene.running;
    assert.equal(scene.session.state, 'review');
    assert.equal(scene.session.proposal.firstLine, 2);
    await scene.session.acceptAll();
    assert.equal(scene.text, 'top\nnew\n  ONE();\n  two();\n  three();\nend\n');
  });

  describe('when the user edits the code while it is being written', () => {
    async function edited(): Promise<Scene> {
      const scene = new Scene();
      scene.say('```ts\n  ONE();\n  two();\n');
      await settle();
      scene.editor.type('three()', 'mine()');
      await scene.running;
      return scene;
    }

    it('stops the model, changes nothing and waits for what to do', async () => {
      const scene = await edited();
      assert.equal(scene.session.state, 'edited');
      assert.ok(scene.isAborted);
      assert.equal(scene.text, 'top\n  one();\n  ONE();\n  two();\n  mine();\nbottom\n');
    });

    it('takes its own lines out, and never the user’s', async () => {
      const scene = await edited();
      await scene.session.discard();
      assert.equal(scene.text, 'top\n  one();\n  two();\n  mine();\nbottom\n');
      assert.equal(scene.session.outcome, 'rejected');
      scene.editor.undo();
      scene.editor.undo();
      assert.match(scene.text, /three/, 'a step of its own');
    });

    it('has what is there reviewed', async () => {
      const scene = await edited();
      scene.session.goOn();
      assert.equal(scene.session.state, 'review');
      await scene.session.acceptAll();
      assert.equal(scene.text, 'top\n  ONE();\n  two();\n  mine();\nbottom\n');
    });

    it('ends where nothing of it is there yet', async () => {
      const scene = new Scene();
      scene.editor.type('three()', 'mine()');
      await scene.running;
      scene.session.goOn();
      assert.equal(scene.session.outcome, 'stopped');
      assert.equal(scene.text, TEXT.replace('three()', 'mine()'));
    });
  });

  it('takes what the user writes into new lines as part of them', async () => {
    const scene = new Scene();
    await scene.answer('  ONE();\n  two();\n  three();');
    scene.editor.type('ONE()', 'ONE(1)');
    assert.equal(scene.session.state, 'review');
    assert.equal(scene.picture, '-  one();\n+  ONE(1);\n   two();\n   three();');
    await scene.session.acceptAll();
    assert.equal(scene.text, TEXT.replace('one()', 'ONE(1)'));
  });

  for (const when of ['writing', 'review'] as const) {
    it(`ends when it is undone while in ${when}`, async () => {
      const scene = new Scene();
      scene.say('```ts\n  ONE();\n  TWO();\n');
      await settle();
      if (when === 'review') {
        scene.say('  three();\n```');
        scene.finish();
        await scene.running;
      }
      scene.editor.undo();
      await scene.running;
      assert.equal(scene.session.outcome, 'undone');
      assert.equal(scene.text, TEXT);
      assert.ok(scene.isAborted);
    });
  }

  it('ends with its document, and lets go of the model', async () => {
    const scene = new Scene();
    scene.say('```ts\n  ONE();\n');
    await until(() => scene.session.hunks.length > 0);
    scene.editor.close();
    await scene.running;
    assert.equal(scene.session.outcome, 'closed');
    assert.ok(scene.isAborted);
  });

  it('rewrites a whole document without a line end, and a part at its end', async () => {
    const all = new Scene('one();\ntwo();', 0, 2);
    await all.answer('ONE();\nTWO();\nTHREE();');
    await all.session.acceptAll();
    assert.equal(all.text, 'ONE();\nTWO();\nTHREE();');
    const end = new Scene('one();\r\ntwo();', 1, 2);
    await end.answer('TWO();\nTHREE();');
    await end.session.acceptAll();
    assert.equal(end.text, 'one();\r\nTWO();\r\nTHREE();');
  });

  it('adds to a document without replacing anything', async () => {
    const empty = new Scene('', 0, 0);
    await empty.answer('test();\ntest();');
    assert.equal(empty.picture, '+test();\n+test();');
    await empty.session.acceptAll();
    assert.equal(empty.text, 'test();\ntest();\n');
    const end = new Scene('one();\n', 1, 1);
    await end.answer('test();');
    await end.session.acceptAll();
    assert.equal(end.text, 'one();\ntest();\n');
  });
});
