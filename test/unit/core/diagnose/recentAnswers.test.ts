import assert from 'node:assert/strict';
import { Completer } from '../../../../src/core/completion/completer.ts';
import { RecentAnswers } from '../../../../src/core/diagnose/recentAnswers.ts';
import { ALWAYS_ON } from '../../../support/alwaysOn.ts';
import { FakeTime, settled } from '../../../support/fakeTime.ts';
import { ScriptedModel } from '../../../support/scriptedModel.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('RecentAnswers', () => {
  let time: FakeTime;
  beforeEach(() => (time = new FakeTime()));
  afterEach(() => time.stop());

  it('remembers the last 30, with their age and without a word of text', async () => {
    const completer = new Completer(new ScriptedModel('suggested();\n'), time, () => ALWAYS_ON);
    const answers = new RecentAnswers(completer, time);
    for (let index = 0; index < 40; index++) {
      const view = viewOfPicture(`typed${index} = |`);
      const call = completer.provide(view, 'explicit', new AbortController().signal);
      await settled();
      await call;
      await time.pass(1_000);
    }
    assert.equal(answers.all.length, 30);
    assert.deepEqual(answers.all.at(-1), {
      ...{ agoMs: 1_000, from: 'model', reason: undefined, shown: true, elapsedMs: 0, firstTextMs: 0 },
    });
    assert.doesNotMatch(JSON.stringify(answers.all), /typed|suggested/);
    answers.dispose();
    completer.dispose();
  });
});
