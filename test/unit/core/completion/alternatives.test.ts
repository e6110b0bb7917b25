import assert from 'node:assert/strict';
import { Completer } from '../../../../src/core/completion/completer.ts';
import { ALWAYS_ON } from '../../../support/alwaysOn.ts';
import { FakeTime } from '../../../support/fakeTime.ts';
import { ScriptedModel } from '../../../support/scriptedModel.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

const NEVER = new AbortController().signal;

describe('alternatives', () => {
  let time: FakeTime;

  beforeEach(() => (time = new FakeTime()));
  afterEach(() => time.stop());

  /** What the model writes, the likeliest first; then what else is offered beside the first. */
  const rows: [what: string, written: string[], others: string[]][] = [
    ['up to two', ['one();', 'two();', 'three();', 'four();'], ['two();', 'three();']],
    ['none that is there already', ['one();', 'one();', 'two();', 'two();', 'one();'], ['two();']],
    ['none that differs only below its first line', ['one();', 'one();\n\ntwo();', ''], []],
    ['none where the model has nothing more', ['one();', '', '', '', ''], []],
  ];
  for (const [what, written, others] of rows) {
    it(`are ${what}`, async () => {
      const model = new ScriptedModel((_prompt, index) => ({ text: written[index] ?? '' }));
      const completer = new Completer(model, time, () => ALWAYS_ON);
      const view = viewOfPicture('const a = 1;\n|');
      const asked = completer.provide(view, 'explicit', NEVER);
      await time.pass(0);
      const shown = await asked;
      assert.ok(shown && completer.known(view));
      const more = completer.alternatives(view, shown, NEVER);
      for (let step = 0; step < 10; step++) await time.pass(0);
      assert.deepEqual(
        (await more).map(({ text }) => text),
        others,
      );
      assert.deepEqual(
        model.requests.slice(1).map(({ skip }) => skip),
        model.requests.slice(1).map((_, index) => index + 1),
      );
      completer.dispose();
    });
  }

  it('are remembered: who takes one types through it', async () => {
    const model = new ScriptedModel((_prompt, index) => ({ text: ['one();', 'two();', ''][index] ?? '' }));
    const completer = new Completer(model, time, () => ALWAYS_ON);
    const view = viewOfPicture('const a = 1;\n|');
    const asked = completer.provide(view, 'explicit', NEVER);
    await time.pass(0);
    const shown = await asked;
    assert.ok(shown);
    const more = completer.alternatives(view, shown, NEVER);
    for (let step = 0; step < 10; step++) await time.pass(0);
    await more;
    assert.equal(completer.known(viewOfPicture('const a = 1;\ntw|'))?.text, 'o();');
    completer.dispose();
  });

  it('are not looked for any more when nobody waits', async () => {
    const model = new ScriptedModel();
    const completer = new Completer(model, time, () => ALWAYS_ON);
    const cancel = new AbortController();
    const more = completer.alternatives(
      viewOfPicture('a|'),
      { text: 'one();', replaceChars: 0 },
      cancel.signal,
    );
    await time.pass(0);
    assert.equal(model.requests.length, 1);
    cancel.abort();
    assert.deepEqual(await more, []);
    assert.equal(model.requests.length, 1);
    completer.dispose();
  });
});
