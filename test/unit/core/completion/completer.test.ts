import assert from 'node:assert/strict';
import type { Answer } from '../../../../src/core/completion/answer.ts';
import { Completer } from '../../../../src/core/completion/completer.ts';
import type { CompletionSettings } from '../../../../src/core/completion/completionSettings.ts';
import type { Placement } from '../../../../src/core/completion/placement.ts';
import type { RelatedRoom } from '../../../../src/core/context/relatedFiles.ts';
import type { RelatedPart } from '../../../../src/core/context/relatedPart.ts';
import type { View } from '../../../../src/core/completion/view.ts';
import { NO_MODEL } from '../../../../src/core/models/modelProblem.ts';
import { ModelUnavailable } from '../../../../src/core/ports/model.ts';
import { FakeTime, settled } from '../../../support/fakeTime.ts';
import { ghostPicture } from '../../../support/ghostPicture.ts';
import { ALWAYS_ON } from '../../../support/alwaysOn.ts';
import { promptText, READY, ScriptedModel } from '../../../support/scriptedModel.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

const DEBOUNCE_MS = 50;
const NEVER = new AbortController().signal;

describe('Completer', () => {
  let time: FakeTime;
  let model: ScriptedModel;
  let completer: Completer;
  let settings: CompletionSettings;
  let answers: Answer[];
  let activity: boolean[];
  let grown: number;

  beforeEach(() => {
    time = new FakeTime();
    settings = { ...ALWAYS_ON, debounceMs: DEBOUNCE_MS };
    use(new ScriptedModel());
  });

  afterEach(() => {
    completer.dispose();
    time.stop();
  });

  function use(scripted: ScriptedModel): void {
    model = scripted;
    completer = new Completer(model, time, () => settings);
    answers = [];
    activity = [];
    grown = 0;
    completer.onDidGrow(() => grown++);
    completer.onDidAnswer((answer) => answers.push(answer));
    completer.onDidChangeActivity((active) => activity.push(active));
  }

  /** The user types, and the model is asked. */
  async function typedAndAsked(picture: string): Promise<void> {
    completer.typed(viewOfPicture(picture));
    await time.pass(DEBOUNCE_MS);
  }

  function provide(picture: string, trigger: 'automatic' | 'explicit' = 'automatic', signal = NEVER): Call {
    return new Call(viewOfPicture(picture), (view) => completer.provide(view, trigger, signal));
  }

  /** The suggestion `text` is remembered for `picture`. */
  async function suggested(picture: string, text: string): Promise<void> {
    await typedAndAsked(picture);
    model.request.write(text);
    model.request.end();
    await settled();
  }

  describe('one key', () => {
    it('asks the model after the delay and answers what it wrote', async () => {
      completer.typed(viewOfPicture('foo|'));
      await time.pass(20);
      const call = provide('foo|');
      await time.pass(DEBOUNCE_MS - 21);
      assert.equal(model.requests.length, 0);
      await time.pass(1);
      assert.equal(promptText(model.request.prompt), '⟦<｜fim▁begin｜>⟧⟦<｜fim▁hole｜>⟧⟦<｜fim▁end｜>⟧foo');
      model.request.write('(a, b');
      await settled();
      assert.equal(call.state, 'pending');
      model.request.write(');\n');
      assert.equal(await call.ghost(), 'foo⟦(a, b);⟧');
      assert.equal(model.requests.length, 1);
      assert.deepEqual(
        answers.map(({ from }) => from),
        ['model'],
      );
    });

    it('stops the engine as soon as the suggestion is final', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      model.request.write('(a);\n');
      assert.equal(model.request.aborted, true);
      await time.pass(5);
      model.request.write('late');
      assert.equal(await call.ghost(), 'foo⟦(a);⟧');
      const times = answers[0]?.generation?.times;
      assert.ok(times);
      assert.equal(times.lastTextMs, times.askedMs, 'what came late did not matter');
    });

    it('takes what was written when the model ends', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      model.request.write('(a)');
      model.request.end();
      assert.equal(await call.ghost(), 'foo⟦(a)⟧');
    });

    it('leaves out the last line where the model was cut off in it', async () => {
      await typedAndAsked('f {|');
      const call = provide('f {|');
      model.request.write('\n  one();\n  tw');
      model.request.end('length');
      assert.equal(await call.ghost(), 'f {⟦\n  one();⟧');
    });

    it('says when the model is at work', async () => {
      await typedAndAsked('foo|');
      completer.typed(viewOfPicture('foox|'));
      assert.deepEqual(activity, [true], 'from one generation to the next it goes on working');
      completer.moved();
      assert.deepEqual(activity, [true, false]);
    });

    it('answers every call for the same place from one request', async () => {
      await typedAndAsked('foo|');
      const calls = [provide('foo|'), provide('foo|'), provide('foo|')];
      model.request.write('(a);\n');
      for (const call of calls) assert.equal(await call.ghost(), 'foo⟦(a);⟧');
      assert.equal(model.requests.length, 1);
    });

    it('does not ask twice where the model had nothing to say', async () => {
      await typedAndAsked('foo|');
      model.request.end();
      assert.equal(await provide('foo|').ghost(), undefined);
      assert.equal(model.requests.length, 1);
      const explicit = provide('foo|', 'explicit');
      await settled();
      assert.equal(model.requests.length, 2, 'an explicit trigger asks again');
      model.request.write('()');
      model.request.end();
      assert.equal(await explicit.ghost(), 'foo⟦()⟧');
    });

    it('suggests nothing that stands there already, and does not ask again', async () => {
      await typedAndAsked('foo(a|)');
      model.request.write(')\n');
      await settled();
      assert.equal(await provide('foo(a|)').ghost(), undefined);
      assert.equal(model.requests.length, 1);
    });
  });

  describe('the delay', () => {
    it('begins anew with every key', async () => {
      for (const picture of ['f|', 'fo|', 'foo|']) {
        completer.typed(viewOfPicture(picture));
        await time.pass(DEBOUNCE_MS - 1);
      }
      assert.equal(model.requests.length, 0);
      await time.pass(1);
      assert.equal(model.requests.length, 1);
      assert.match(promptText(model.request.prompt), /⟧foo$/);
    });

    it('is counted from the key, not from when the editor asks with an item selected in its list', async () => {
      completer.typed(viewOfPicture('fo|'));
      await time.pass(DEBOUNCE_MS - 1);
      const call = provide('format|');
      await time.pass(1);
      assert.match(promptText(model.request.prompt), /⟧format$/);
      model.request.write('(a);\n');
      assert.equal(await call.ghost(), 'format⟦(a);⟧');
    });

    it('is what the user set', async () => {
      settings = { ...settings, debounceMs: 500 };
      completer.typed(viewOfPicture('foo|'));
      await time.pass(499);
      assert.equal(model.requests.length, 0);
      await time.pass(1);
      assert.equal(model.requests.length, 1);
    });

    it('adapts where the user set none', async () => {
      settings = { ...settings, debounceMs: undefined };
      completer.typed(viewOfPicture('foo|'));
      await time.pass(199);
      assert.equal(model.requests.length, 0);
      await time.pass(1);
      await time.pass(40);
      model.request.write('x\n');
      await settled();
      completer.typed(viewOfPicture('foo.bar|'));
      await time.pass(39);
      assert.equal(model.requests.length, 1);
      await time.pass(1);
      assert.equal(model.requests.length, 2, 'the model took 40 ms, so that is the delay');
    });

    it('does not learn from how long the model took to load', async () => {
      settings = { ...settings, debounceMs: undefined };
      model.become({ kind: 'loading', fraction: 0 });
      const call = provide('foo|', 'explicit');
      await time.pass(10_000);
      model.become({ kind: 'ready', model: READY });
      await settled();
      model.request.write('()\n');
      await call.ghost();
      completer.typed(viewOfPicture('foo;|'));
      await time.pass(199);
      assert.equal(model.requests.length, 1);
      await time.pass(1);
      assert.equal(model.requests.length, 2);
    });

    it('ends at once with an explicit trigger', async () => {
      completer.typed(viewOfPicture('foo|'));
      const waiting = provide('foo|');
      const explicit = provide('foo|', 'explicit');
      await settled();
      assert.equal(model.requests.length, 1);
      model.request.write('(a)\n');
      assert.equal(await explicit.ghost(), 'foo⟦(a)⟧');
      assert.equal(await waiting.ghost(), 'foo⟦(a)⟧');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 1);
    });

    it('leaves no timer behind when it is cut short', async () => {
      completer.typed(viewOfPicture('foo|'));
      completer.moved();
      await time.pass(10 * DEBOUNCE_MS);
      assert.equal(model.requests.length, 0);
    });
  });

  describe('typing on', () => {
    const texts: [title: string, made: string, text: string][] = [
      ['one line', 'foo|', '.bar(a, "b")[0];'],
      ['a block', 'function f() {|', '\n  return [1, 2];\n}'],
      ['indented lines', '  if (a) {|', '\n    b();\n    c();\n  }'],
    ];
    for (const [title, made, text] of texts) {
      it(`always shows the rest of ${title}, and never asks again`, async () => {
        await suggested(made, text);
        const start = made.slice(0, -1);
        for (let length = 1; length < text.length; length++) {
          const picture = `${start}${text.slice(0, length)}|`;
          completer.typed(viewOfPicture(picture));
          const rest = text.slice(length);
          // What is white space only is nothing to see.
          if (rest.trim() === '') break;
          assert.equal(await provide(picture).ghost(), `${start}${text.slice(0, length)}⟦${rest}⟧`);
          await time.pass(DEBOUNCE_MS);
        }
        assert.equal(model.requests.length, 1);
        assert.ok(answers.every(({ from }) => from === 'memory'));
      });
    }

    it('never goes blank with brackets that close themselves, Enter and typing over', async () => {
      await suggested('if |\nend;', '(a) {\n    b();\n    c();\n}');
      const states: [picture: string, ghost: string][] = [
        ['if (|)\nend;', 'if (⟦a) {\n    b();\n    c();\n}⟧~)~\nend;'],
        ['if (a|)\nend;', 'if (a⟦) {\n    b();\n    c();\n}⟧~)~\nend;'],
        ['if (a)|\nend;', 'if (a)⟦ {\n    b();\n    c();\n}⟧\nend;'],
        ['if (a) {|}\nend;', 'if (a) {⟦\n    b();\n    c();\n⟧}\nend;'],
        ['if (a) {\n\t|\n}\nend;', 'if (a) {\n\t⟦b();\n    c();⟧\n}\nend;'],
        ['if (a) {\n\tb();|\n}\nend;', 'if (a) {\n\tb();⟦\n    c();⟧\n}\nend;'],
        ['if (a) {\n\tb();\n\tc|\n}\nend;', 'if (a) {\n\tb();\n\tc⟦();⟧\n}\nend;'],
      ];
      for (const [picture, ghost] of states) {
        completer.typed(viewOfPicture(picture));
        assert.equal(await provide(picture).ghost(), ghost);
        await time.pass(DEBOUNCE_MS);
      }
      assert.equal(model.requests.length, 1);
    });

    it('shows the same again after Backspace', async () => {
      await suggested('foo|', '.bar()');
      for (const picture of ['foo.b|', 'foo.ba|', 'foo.b|', 'foo.|', 'foo|', 'foo.|']) {
        completer.typed(viewOfPicture(picture));
        const at = picture.length - 1 - 'foo'.length;
        assert.equal(await provide(picture).ghost(), `${picture.slice(0, -1)}⟦${'.bar()'.slice(at)}⟧`);
      }
      assert.equal(model.requests.length, 1);
    });

    it('joins what is being written, while it agrees', async () => {
      await typedAndAsked('foo|');
      const first = provide('foo|');
      completer.typed(viewOfPicture('foo.|'));
      model.request.write('.b');
      completer.typed(viewOfPicture('foo.b|'));
      const second = provide('foo.b|');
      model.request.write('ar()\n');
      assert.equal(await second.ghost(), 'foo.b⟦ar()⟧');
      assert.equal(await first.ghost(), 'foo⟦.bar()⟧');
      assert.equal(model.requests.length, 1);
    });

    it('asks once more when the model writes something else than was typed', async () => {
      await typedAndAsked('foo|');
      completer.typed(viewOfPicture('foo;|'));
      const call = provide('foo;|');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 1, 'until the first text both may agree');
      model.request.write('.bar');
      assert.equal(model.request.aborted, true);
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 2);
      assert.match(promptText(model.request.prompt), /⟧foo;$/);
      model.request.write(' // end\n');
      assert.equal(await call.ghost(), 'foo;⟦ // end⟧');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 2);
    });

    it('asks once more when the whole answer comes at once and is something else', async () => {
      await typedAndAsked('foo|');
      completer.typed(viewOfPicture('foo;|'));
      const call = provide('foo;|');
      model.request.write('.bar();\n');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 2);
      model.request.write(' // end\n');
      assert.equal(await call.ghost(), 'foo;⟦ // end⟧');
    });

    it('asks once more when the model had nothing to say before the last key', async () => {
      await typedAndAsked('foo|');
      completer.typed(viewOfPicture('foo;|'));
      model.request.end();
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 2);
      assert.match(promptText(model.request.prompt), /⟧foo;$/);
    });

    it('asks for what follows when all of it was typed before it came', async () => {
      await typedAndAsked('foo|');
      completer.typed(viewOfPicture('foo()|'));
      const call = provide('foo()|');
      model.request.write('()');
      model.request.end();
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 2);
      model.request.write('.then()\n');
      assert.equal(await call.ghost(), 'foo()⟦.then()⟧');
    });

    it('aborts at a key that the text written so far excludes, and answers the old call with nothing', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      model.request.write('.b');
      completer.typed(viewOfPicture('foo;|'));
      assert.equal(model.request.aborted, true);
      assert.equal(await call.ghost(), undefined);
      assert.equal(answers.at(-1)?.from, 'superseded');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 2);
    });

    it('does not ask when it comes back to what it knows', async () => {
      await suggested('foo|', '.bar()');
      await typedAndAsked('foo;|');
      assert.equal(model.requests.length, 2);
      completer.typed(viewOfPicture('foo|'));
      model.request.write('x');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests[1]?.aborted, true);
      assert.equal(model.requests.length, 2);
    });

    it('takes line ends of either kind from the model', async () => {
      await typedAndAsked('f {|');
      completer.typed(viewOfPicture('f {\n  |'));
      const call = provide('f {\n  |');
      for (const piece of ['\r', '\n  ab', 'c\r\n', '}\r\n']) model.request.write(piece);
      assert.equal(await call.ghost(), 'f {\n  ⟦abc\n}⟧');
      assert.equal(model.requests.length, 1);
    });
  });

  describe('the deadline', () => {
    const block = 'f {\n  |\n}';

    beforeEach(() => {
      settings = { ...settings, deadlineMs: 700 };
    });

    it('shows the whole lines there are, and the rest when it is written', async () => {
      await typedAndAsked(block);
      const call = provide(block);
      model.request.write('one();\n  tw');
      await time.pass(699 - DEBOUNCE_MS);
      assert.equal(call.state, 'pending');
      await time.pass(1);
      assert.equal(await call.ghost(), 'f {\n  ⟦one();⟧\n}');
      assert.equal(grown, 0);
      model.request.write('o();\n}\n');
      await settled();
      assert.equal(grown, 1);
      assert.equal(await provide(block).ghost(), 'f {\n  ⟦one();\n  two();⟧\n}');
      assert.equal(model.requests.length, 1);
    });

    it('counts from the key', async () => {
      completer.typed(viewOfPicture(block));
      await time.pass(600);
      const call = provide(block);
      model.request.write('one();\n');
      await time.pass(99);
      assert.equal(call.state, 'pending');
      await time.pass(1);
      assert.equal(await call.ghost(), 'f {\n  ⟦one();⟧\n}');
    });

    it('shows the first whole line as soon as it is there where it comes later', async () => {
      await typedAndAsked(block);
      const call = provide(block);
      await time.pass(2_000);
      model.request.write('one()');
      await settled();
      assert.equal(call.state, 'pending');
      model.request.write(';\n');
      assert.equal(await call.ghost(), 'f {\n  ⟦one();⟧\n}');
    });

    it('lets what is shown grow at most once a second while it is written', async () => {
      await typedAndAsked(block);
      const call = provide(block);
      model.request.write('one();\n');
      await time.pass(700);
      await call.ghost();
      await time.pass(900);
      model.request.write('  two();\n');
      await settled();
      assert.equal(grown, 0);
      await time.pass(100);
      model.request.write('  three();\n');
      await settled();
      assert.equal(grown, 1);
      assert.equal(await provide(block).ghost(), 'f {\n  ⟦one();\n  two();\n  three();⟧\n}');
    });

    it('shows with each key what is written by then', async () => {
      await typedAndAsked(block);
      const call = provide(block);
      model.request.write('one();\n');
      await time.pass(700);
      await call.ghost();
      model.request.write('  two();\n');
      completer.typed(viewOfPicture('f {\n  o|\n}'));
      assert.equal(await provide('f {\n  o|\n}').ghost(), 'f {\n  o⟦ne();\n  two();⟧\n}');
      assert.equal(model.requests.length, 1);
    });

    it('does not grow where something was typed since, or the cursor went away', async () => {
      for (const leave of [
        () => completer.typed(viewOfPicture('f {\n  x|\n}')),
        () => completer.typed(viewOfPicture('f {\n  o|\n}')),
        () => completer.moved(),
      ]) {
        use(new ScriptedModel());
        await typedAndAsked(block);
        const call = provide(block);
        model.request.write('one();\n');
        await time.pass(700);
        await call.ghost();
        leave();
        model.request.write('  two();\n}\n');
        await time.pass(2_000);
        assert.equal(grown, 0);
      }
    });

    it('goes on with what is being written when the first lines are accepted', async () => {
      await typedAndAsked(block);
      const call = provide(block);
      model.request.write('one();\n');
      await time.pass(700);
      await call.ghost();
      const after = 'f {\n  one();|\n}';
      completer.typed(viewOfPicture(after));
      const next = provide(after);
      model.request.write('  two();\n}\n');
      assert.equal(await next.ghost(), 'f {\n  one();⟦\n  two();⟧\n}');
      assert.equal(model.requests.length, 1);
    });

    it('keeps what it has shown where the model fails after it', async () => {
      await typedAndAsked(block);
      const call = provide(block);
      model.request.write('one();\n');
      await time.pass(700);
      await call.ghost();
      model.request.fail(new Error('A bug.'));
      await settled();
      assert.equal(await provide(block).ghost(), 'f {\n  ⟦one();⟧\n}');
    });

    it('is not for an explicit trigger', async () => {
      const call = provide(block, 'explicit');
      await settled();
      model.request.write('one();\n');
      await time.pass(5_000);
      assert.equal(call.state, 'pending');
      model.request.write('  two();\n}\n');
      assert.equal(await call.ghost(), 'f {\n  ⟦one();\n  two();⟧\n}');
    });
  });

  describe('what follows an accept', () => {
    beforeEach(() => {
      settings = { ...settings, warmUpMs: 500 };
    });

    /** On the screen at `foo|`: `.bar()`. */
    async function shown(): Promise<void> {
      await suggested('foo|', '.bar()');
      assert.equal(await provide('foo|').ghost(), 'foo⟦.bar()⟧');
    }

    it('is asked for while the suggestion is looked at, and is known after Tab', async () => {
      await shown();
      await time.pass(249);
      assert.equal(model.requests.length, 1);
      await time.pass(1);
      assert.match(promptText(model.request.prompt), /⟧foo\.bar\(\)$/);
      model.request.write('.baz()\n');
      await settled();
      completer.typed(viewOfPicture('foo.bar()|'));
      assert.equal(await provide('foo.bar()|').ghost(), 'foo.bar()⟦.baz()⟧');
      assert.equal(answers.at(-1)?.from, 'memory');
      assert.equal(model.requests.length, 2);
    });

    it('is joined where it is still being written', async () => {
      await shown();
      await time.pass(250);
      completer.typed(viewOfPicture('foo.bar()|'));
      const call = provide('foo.bar()|');
      model.request.write('.baz()\n');
      assert.equal(await call.ghost(), 'foo.bar()⟦.baz()⟧');
      assert.equal(model.requests.length, 2);
    });

    it('is asked for at once where Tab came first', async () => {
      await shown();
      await time.pass(100);
      completer.typed(viewOfPicture('foo.bar()|'));
      await settled();
      assert.equal(model.requests.length, 2);
    });

    it('is asked for once while the suggestion is typed', async () => {
      await shown();
      await time.pass(250);
      for (const picture of ['foo.|', 'foo.b|', 'foo.ba|']) {
        completer.typed(viewOfPicture(picture));
        await provide(picture).ghost();
        await time.pass(300);
      }
      assert.equal(model.requests.length, 2);
      assert.equal(model.request.aborted, false);
    });

    it('is given up with a key that goes elsewhere, and when the cursor moves', async () => {
      for (const leave of [() => completer.typed(viewOfPicture('foo;|')), () => completer.moved()]) {
        use(new ScriptedModel());
        await shown();
        await time.pass(250);
        const followUp = model.request;
        leave();
        assert.equal(followUp.aborted, true);
      }
    });

    it('does not count as work for the user', async () => {
      await shown();
      const before = activity.length;
      await time.pass(250);
      model.request.write('.baz()\n');
      await settled();
      assert.equal(activity.length, before);
    });

    it('is not asked for without an allowance, nor where nothing would be asked unasked', async () => {
      for (const change of [{ warmUpMs: 0 }, { manualOnly: true }]) {
        use(new ScriptedModel());
        await suggested('foo|', '.bar()');
        settings = { ...settings, ...change };
        await provide('foo|').ghost();
        await time.pass(1_000);
        assert.equal(model.requests.length, 1);
        settings = { ...settings, manualOnly: false };
      }
    });
  });

  describe('an accept that is taken back', () => {
    it('is not shown again, though the model writes the same, until it is asked for', async () => {
      await suggested('foo|', '.bar()');
      await provide('foo|').ghost();
      completer.typed(viewOfPicture('foo.bar()|'));
      completer.moved();
      const call = provide('foo|');
      await time.pass(DEBOUNCE_MS);
      model.request.write('.bar()\n');
      assert.equal(await call.ghost(), undefined);
      const asked = model.requests.length;
      assert.equal(await provide('foo|').ghost(), undefined);
      assert.equal(model.requests.length, asked, 'the model is not asked again');

      const explicit = provide('foo|', 'explicit');
      await settled();
      model.request.write('.bar()\n');
      assert.equal(await explicit.ghost(), 'foo⟦.bar()⟧');
    });
  });

  describe('accepting a part', () => {
    it('leaves the rest on the screen, and never asks again', async () => {
      await suggested('f {|\n}', '\n  one(a, b);\n  two();');
      await provide('f {|\n}').ghost();
      for (const [picture, ghost] of [
        ['f {\n  one|\n}', 'f {\n  one⟦(a, b);\n  two();⟧\n}'],
        ['f {\n  one(a|\n}', 'f {\n  one(a⟦, b);\n  two();⟧\n}'],
        ['f {\n  one(a, b);|\n}', 'f {\n  one(a, b);⟦\n  two();⟧\n}'],
      ] as const) {
        completer.typed(viewOfPicture(picture));
        assert.equal(await provide(picture).ghost(), ghost);
      }
      assert.equal(model.requests.length, 1);
    });
  });

  describe('going elsewhere', () => {
    it('aborts when the cursor moves', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      completer.moved();
      assert.equal(model.request.aborted, true);
      assert.equal(await call.ghost(), undefined);
      await time.pass(10 * DEBOUNCE_MS);
      assert.equal(model.requests.length, 1);
    });

    it('keeps the generation when a call is cancelled', async () => {
      await typedAndAsked('foo|');
      const cancel = new AbortController();
      const cancelled = provide('foo|', 'automatic', cancel.signal);
      await settled();
      cancel.abort();
      assert.equal(await cancelled.ghost(), undefined);
      assert.equal(model.request.aborted, false);
      const next = provide('foo|');
      model.request.write('(a)\n');
      assert.equal(await next.ghost(), 'foo⟦(a)⟧');
      assert.equal(model.requests.length, 1);
    });

    it('begins nothing for a call that was cancelled before it came', async () => {
      assert.equal(await provide('foo|', 'automatic', AbortSignal.abort()).ghost(), undefined);
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 0);
    });

    it('leaves no listener on the signal of a call', async () => {
      const cancel = new AbortController();
      let listeners = 0;
      const { signal } = cancel;
      const add = signal.addEventListener.bind(signal);
      const remove = signal.removeEventListener.bind(signal);
      signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
      signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
      await typedAndAsked('foo|');
      const call = provide('foo|', 'automatic', signal);
      assert.equal(listeners, 1);
      model.request.write('(a)\n');
      await call.ghost();
      assert.equal(listeners, 0);
    });

    it('ignores text of a request that it gave up', async () => {
      await typedAndAsked('foo|');
      const old = model.request;
      old.write('.b');
      await typedAndAsked('foo;|');
      old.write('ar()\n');
      old.end();
      const call = provide('foo;|');
      model.request.write(' // end\n');
      assert.equal(await call.ghost(), 'foo;⟦ // end⟧');
      assert.equal(model.requests.length, 2);
    });

    it('does not ask for what was given up in the same turn', async () => {
      let asked = 0;
      const complete = model.complete.bind(model);
      model.complete = (request) => (asked++, complete(request));
      const call = provide('foo|', 'explicit');
      completer.moved();
      assert.equal(await call.ghost(), undefined);
      assert.equal(asked, 0);
    });

    it('settles every pending call when it is disposed of', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      completer.dispose();
      assert.equal(await call.ghost(), undefined);
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 1);
    });

    it('shows nothing remembered after it was told to forget', async () => {
      await suggested('foo|', '.bar()');
      completer.forget();
      settings = { ...settings, enabled: false };
      assert.equal(await provide('foo|').ghost(), undefined);
      assert.equal(answers.at(-1)?.reason, 'switched off');
    });
  });

  describe('the gate', () => {
    it('asks nothing new where text was just deleted, until the next key', async () => {
      completer.typed(viewOfPicture('fo|'), true);
      assert.equal(await provide('fo|').ghost(), undefined);
      assert.equal(answers.at(-1)?.reason, 'text just deleted');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 0);
      await typedAndAsked('fox|');
      assert.equal(model.requests.length, 1);
    });

    it('shows what it remembers also where text was just deleted', async () => {
      await suggested('fo|', 'o.bar()');
      completer.typed(viewOfPicture('fo|'), true);
      assert.equal(await provide('fo|').ghost(), 'fo⟦o.bar()⟧');
    });

    it('asks nothing in a read-only file, even explicitly', async () => {
      settings = { ...settings, readOnly: () => true };
      assert.equal(await provide('foo|', 'explicit').ghost(), undefined);
      assert.equal(answers.at(-1)?.reason, 'read-only');
      assert.equal(model.requests.length, 0);
    });

    it('lets nothing be asked where the language is off, until it is asked for explicitly', async () => {
      settings = { ...settings, languageEnabled: ({ languageId }) => languageId !== 'typescript' };
      await typedAndAsked('foo|');
      assert.equal(await provide('foo|').ghost(), undefined);
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 0);
      assert.deepEqual([answers.at(-1)?.from, answers.at(-1)?.reason], ['gate', 'language off']);

      const explicit = provide('foo|', 'explicit');
      await settled();
      model.request.write('()\n');
      assert.equal(await explicit.ghost(), 'foo⟦()⟧');
    });

    it('keeps showing what was asked for explicitly, while it is typed', async () => {
      settings = { ...settings, manualOnly: true };
      const explicit = provide('foo|', 'explicit');
      await settled();
      model.request.write('.bar()\n');
      await explicit.ghost();
      completer.typed(viewOfPicture('foo.|'));
      assert.equal(await provide('foo.|').ghost(), 'foo.⟦bar()⟧');
    });

    it('asks anew for an explicit trigger when what it had joined went another way', async () => {
      settings = { ...settings, manualOnly: true };
      const first = provide('foo|', 'explicit');
      await settled();
      completer.typed(viewOfPicture('foo;|'));
      const second = provide('foo;|', 'explicit');
      await settled();
      assert.equal(model.requests.length, 1);
      model.request.write('.bar()\n');
      assert.equal(await first.ghost(), 'foo⟦.bar()⟧');
      await settled();
      assert.equal(model.requests.length, 2);
      model.request.write(' // end\n');
      assert.equal(await second.ghost(), 'foo;⟦ // end⟧');
    });

    it('keeps showing a suggestion whose rest of line would not be asked for', async () => {
      await suggested('foo|', '(a => b)');
      assert.equal(await provide('foo(|)').ghost(), 'foo(⟦a => b⟧)');
    });
  });

  describe('a model that is not sure', () => {
    beforeEach(() => {
      settings = { ...settings, eagerness: () => 'balanced' };
    });

    it('has its suggestion left out, and is not asked again for it', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      model.request.write('.bar', 0.3);
      model.request.write('()\n', 0.1);
      assert.equal(await call.ghost(), undefined);
      const verdict = answers.at(-1)?.generation?.verdict;
      assert.deepEqual(
        [verdict?.isShown, verdict?.tokens, verdict?.confidence.toFixed(3)],
        [false, 2, '0.030'],
      );
      assert.equal(await provide('foo|').ghost(), undefined);
      assert.equal(model.requests.length, 1);
    });

    describe('is not asked for what it would write again', () => {
      /** `.bar` at 0.5, `(` at 0.9, `x` at 0.05, where it is stopped. */
      async function unsure(): Promise<void> {
        await typedAndAsked('foo|');
        model.request.write('.bar', 0.5);
        model.request.write('(', 0.9);
        model.request.write('x', 0.05);
        assert.equal(model.request.aborted, true);
        assert.equal(await provide('foo|').ghost(), undefined);
      }

      const rows: [typed: string, isAsked: boolean, why: string][] = [
        ['foo.|', false, 'a part of a token is typed'],
        ['foo.bar|', false, 'what is left is below the threshold'],
        ['foo.bar(|', true, 'what is left may be above it'],
        ['foo.ba()|', true, 'something else is typed'],
        ['fo|', true, 'it was not at this place'],
      ];
      for (const [picture, isAsked, why] of rows) {
        it(`${picture} ${isAsked ? 'asks' : 'does not ask'}: ${why}`, async () => {
          await unsure();
          await typedAndAsked(picture);
          assert.equal(model.requests.length, isAsked ? 2 : 1);
          if (isAsked) return;
          assert.equal(await provide(picture).ghost(), undefined);
          assert.equal(model.requests.length, 1);
        });
      }

      it('but for who asks explicitly', async () => {
        await unsure();
        await typedAndAsked('foo.|');
        const explicit = provide('foo.|', 'explicit');
        await settled();
        model.request.write('bar()\n', 0.01);
        assert.equal(await explicit.ghost(), 'foo.⟦bar()⟧');
      });
    });

    it('is judged by the tokens that are shown', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      model.request.write('.bar', 0.5);
      model.request.write('\n', 0.01);
      assert.equal(await call.ghost(), 'foo⟦.bar⟧');
    });

    it('is judged by the first line of several', async () => {
      await typedAndAsked('f {|');
      const call = provide('f {|');
      model.request.write('\n', 0.9);
      model.request.write('  one();', 0.9);
      model.request.write('\n  two();', 0.01);
      model.request.end();
      assert.equal(await call.ghost(), 'f {⟦\n  one();\n  two();⟧');
    });

    it('is stopped as soon as nothing it may add can change that', async () => {
      await typedAndAsked('foo|');
      const call = provide('foo|');
      model.request.write('.b', 0.2);
      assert.equal(model.request.aborted, false);
      model.request.write('ar', 0.1);
      assert.equal(model.request.aborted, true);
      assert.equal(await call.ghost(), undefined);
    });

    it('goes on where what it is unsure of may be cut', async () => {
      await typedAndAsked('a = |');
      const call = provide('a = |');
      model.request.write('b');
      model.request.write(' <|im', 0.001);
      assert.equal(model.request.aborted, false);
      model.request.write('_end|>');
      assert.equal(await call.ghost(), 'a = ⟦b⟧');
    });

    it('may say what it likes where it is asked explicitly', async () => {
      await typedAndAsked('foo|');
      model.request.write('.b', 0.01);
      assert.equal(await provide('foo|').ghost(), undefined);
      const explicit = provide('foo|', 'explicit');
      await settled();
      model.request.write('.bar()\n', 0.01);
      assert.equal(await explicit.ghost(), 'foo⟦.bar()⟧');
      assert.equal(answers.at(-1)?.generation?.verdict, undefined);
      assert.equal(await provide('foo|').ghost(), 'foo⟦.bar()⟧', 'it stays');
    });

    it('may say what it likes where an explicit trigger joins', async () => {
      await typedAndAsked('foo|');
      const explicit = provide('foo|', 'explicit');
      await settled();
      model.request.write('.bar()\n', 0.01);
      assert.equal(await explicit.ghost(), 'foo⟦.bar()⟧');
      assert.equal(model.requests.length, 1);
    });

    for (const [eagerness, shown] of [
      ['eager', 'foo⟦.bar()⟧'],
      ['balanced', 'foo⟦.bar()⟧'],
      ['careful', undefined],
    ] as const) {
      it(`is ${shown === undefined ? 'not ' : ''}shown at 0.2 where the user is ${eagerness}`, async () => {
        settings = { ...settings, eagerness: () => eagerness };
        await typedAndAsked('foo|');
        const call = provide('foo|');
        model.request.write('.bar()\n', 0.2);
        assert.equal(await call.ghost(), shown);
      });
    }

    it('is always shown where the user is eager', async () => {
      settings = { ...settings, eagerness: () => 'eager' };
      await typedAndAsked('foo|');
      const call = provide('foo|');
      model.request.write('.bar()\n', 1e-9);
      assert.equal(await call.ghost(), 'foo⟦.bar()⟧');
    });
  });

  describe('the model', () => {
    it('is not asked by a key while it is being loaded, but by a call, which waits for it', async () => {
      model.become({ kind: 'loading', fraction: 0.5 });
      await typedAndAsked('foo|');
      assert.deepEqual(activity, []);
      const call = provide('foo|');
      await time.pass(DEBOUNCE_MS);
      assert.equal(model.requests.length, 0);
      assert.equal(call.state, 'pending');
      model.become({ kind: 'ready', model: READY });
      await settled();
      model.request.write('()\n');
      assert.equal(await call.ghost(), 'foo⟦()⟧');
    });

    it('is woken by a key while it sleeps; the call waits for it', async () => {
      model.become({ kind: 'asleep' });
      await typedAndAsked('foo|');
      assert.deepEqual(activity, [true]);
      const call = provide('foo|');
      model.become({ kind: 'loading', fraction: 0 });
      await settled();
      assert.equal(call.state, 'pending');
      model.become({ kind: 'ready', model: READY });
      await settled();
      model.request.write('()\n');
      assert.equal(await call.ghost(), 'foo⟦()⟧');
      assert.equal(model.requests.length, 1);
    });

    it('is woken by a call while it sleeps', async () => {
      model.become({ kind: 'asleep' });
      const call = provide('foo|', 'explicit');
      await settled();
      model.become({ kind: 'ready', model: READY });
      await settled();
      model.request.write('()\n');
      assert.equal(await call.ghost(), 'foo⟦()⟧');
    });

    it('sleeps on where nothing is wanted', async () => {
      settings = { ...settings, enabled: false };
      model.become({ kind: 'asleep' });
      await typedAndAsked('foo|');
      assert.equal(await provide('foo|').ghost(), undefined);
      assert.deepEqual([activity, model.requests.length], [[], 0]);
    });

    it('has a longer text before the cursor where its window is larger, also while it sleeps', () => {
      const least = completer.prefixChars;
      model.become({ kind: 'ready', model: { ...READY, contextTokens: 131_072 } });
      const most = completer.prefixChars;
      assert.ok(least >= 8_192 * 2.6 && least < 100_000 && most >= 131_072 * 2.6, `${least} ${most}`);
      model.become({ kind: 'asleep' });
      assert.equal(completer.prefixChars, most);
    });

    it('fails every waiting call when there is none, and the next one asks again', async () => {
      model.become({ kind: 'failed', problem: NO_MODEL });
      await assert.rejects(provide('foo|', 'explicit').ghost(), new ModelUnavailable(NO_MODEL));
      model.become({ kind: 'ready', model: READY });
      const call = provide('foo|', 'explicit');
      await settled();
      model.request.write('()\n');
      assert.equal(await call.ghost(), 'foo⟦()⟧');
    });

    it('fails calls with what the model failed with', async () => {
      await typedAndAsked('foo|');
      const calls = [provide('foo|'), provide('foo|')];
      const error = new Error('A bug.');
      model.request.fail(error);
      for (const call of calls) await assert.rejects(call.ghost(), error);
      assert.deepEqual(activity, [true, false]);
    });

    it('warms up where the cursor rests, with what the next prompt will begin with', async () => {
      settings = { ...settings, warmUpMs: 500 };
      await completer.rest(viewOfPicture('foo(|);\nbar();\n'), NEVER);
      assert.deepEqual(
        model.warmUps.map(({ prompt, budgetMs }) => [promptText(prompt(READY, 1)), budgetMs]),
        [['⟦<｜fim▁begin｜>⟧⟦<｜fim▁hole｜>⟧);\nbar();\n⟦<｜fim▁end｜>⟧foo(', 500]],
      );
    });

    it('warms up nothing while it is off, while it completes, and in a language that is off', async () => {
      await completer.rest(viewOfPicture('foo|'), NEVER);
      settings = { ...settings, warmUpMs: undefined };
      await typedAndAsked('foo|');
      await completer.rest(viewOfPicture('foo|'), NEVER);
      completer.moved();
      settings = { ...settings, languageEnabled: () => false };
      await completer.rest(viewOfPicture('foo|'), NEVER);
      assert.equal(model.warmUps.length, 0);
    });

    describe('with other files', () => {
      let part: RelatedPart;
      let refreshes: ({ path: string } & RelatedRoom)[];

      beforeEach(() => {
        refreshes = [];
        part = { repository: '', excerpts: [excerpt('old.ts')] };
        completer.dispose();
        completer = new Completer(model, time, () => settings, {
          get part() {
            return part;
          },
          async refresh({ path }, room, signal) {
            refreshes.push({ path, ...room });
            if (!signal.aborted) part = { repository: '', excerpts: [excerpt('new.ts')] };
          },
        });
      });

      it('gathers before it warms up, and asks with the same at the next key', async () => {
        settings = { ...settings, warmUpMs: 500 };
        await completer.rest(viewOfPicture('foo(|);\n'), NEVER);
        assert.deepEqual(refreshes, [{ path: 'test.ts', maxChars: 10_219, evaluableChars: 0, fileChars: 4 }]);
        const start = '⟦<｜fim▁begin｜>⟧#new.ts\nnew.ts\n#test.ts\n⟦<｜fim▁hole｜>⟧);\n⟦<｜fim▁end｜>⟧foo(';
        assert.deepEqual(
          model.warmUps.map(({ prompt }) => promptText(prompt(READY, 1))),
          [start],
        );
        await typedAndAsked('foo(a|);\n');
        assert.ok(promptText(model.request.prompt).startsWith(start));
      });

      it('lets in as much as the model has been seen to read in the time', async () => {
        settings = { ...settings, warmUpMs: 500 };
        model.warmUpResult = { evaluatedTokens: 100, elapsedMs: 250 };
        await completer.rest(viewOfPicture('foo(|);\n'), NEVER);
        // Gathered twice, because the speed is known only after the first warm-up. 400 tokens a second for half a second, 2.6 characters each.
        assert.deepEqual(
          refreshes.map(({ evaluableChars }) => evaluableChars),
          [0, 520],
        );
      });

      it('learns the speed anew after another model took over', async () => {
        settings = { ...settings, warmUpMs: 500 };
        model.warmUpResult = { evaluatedTokens: 100, elapsedMs: 250 };
        await completer.rest(viewOfPicture('foo(|);\n'), NEVER);
        completer.forget();
        model.warmUpResult = { evaluatedTokens: 0, elapsedMs: 0 };
        await completer.rest(viewOfPicture('foo(|);\n'), NEVER);
        assert.equal(refreshes.at(-1)?.evaluableChars, 0);
      });

      it('gathers nothing for a key', async () => {
        await typedAndAsked('foo|');
        await typedAndAsked('foob|');
        assert.deepEqual(refreshes, []);
        assert.ok(promptText(model.request.prompt).includes('#old.ts'));
      });

      it('gathers where nothing is warmed up: without an allowance, and before words', async () => {
        settings = { ...settings, warmUpMs: 0 };
        await completer.rest(viewOfPicture('foo|'), NEVER);
        settings = { ...settings, warmUpMs: 500, manualOnly: true };
        await completer.rest(viewOfPicture('foo|'), NEVER);
        settings = { ...settings, manualOnly: false };
        await completer.rest(viewOfPicture('foo| bar'), NEVER);
        assert.equal(refreshes.length, 3);
        assert.equal(model.warmUps.length, 0);
      });

      it('gathers nothing where nothing would be completed', async () => {
        await completer.rest(viewOfPicture('FOO|', { path: '.env', languageId: 'plaintext' }), NEVER);
        settings = { ...settings, languageEnabled: () => false };
        await completer.rest(viewOfPicture('foo|'), NEVER);
        assert.deepEqual(refreshes, []);
      });

      it('warms up nothing when a key came while it gathered', async () => {
        settings = { ...settings, warmUpMs: 500 };
        await completer.rest(viewOfPicture('foo|'), AbortSignal.abort());
        assert.equal(model.warmUps.length, 0);
      });

      function excerpt(path: string) {
        return { uri: `file:///${path}`, path, firstLine: 0, text: path };
      }
    });

    it('tells how the request went, also of one that was stopped early or given up', async () => {
      use(new ScriptedModel('.bar()'));
      await provide('foo|', 'explicit').ghost();
      assert.equal((await answers[0]?.generation?.result)?.finish, 'stop');

      use(new ScriptedModel());
      await typedAndAsked('foo|');
      const stopped = provide('foo|');
      model.request.write('()\n');
      await stopped.ghost();
      assert.equal(await answers[0]?.generation?.result, undefined);

      await typedAndAsked('bar|');
      const superseded = provide('bar|');
      completer.moved();
      await superseded.ghost();
      assert.equal(await answers[1]?.generation?.result, undefined);
    });
  });
});

/** One call of the editor, and how far it got. */
class Call {
  state: 'pending' | 'settled' = 'pending';
  private readonly _view: View;
  private readonly _answer: Promise<Placement | undefined>;

  constructor(view: View, ask: (view: View) => Promise<Placement | undefined>) {
    this._view = view;
    this._answer = ask(view);
    const settle = (): void => void (this.state = 'settled');
    this._answer.then(settle, settle);
  }

  /** The document with the ghost text; undefined: none is shown. */
  async ghost(): Promise<string | undefined> {
    return ghostPicture(this._view, await this._answer);
  }
}
