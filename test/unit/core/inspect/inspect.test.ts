import assert from 'node:assert/strict';
import { Completer } from '../../../../src/core/completion/completer.ts';
import { LastAnswers } from '../../../../src/core/inspect/lastAnswers.ts';
import { renderLastRequest } from '../../../../src/core/inspect/lastRequest.ts';
import { renderWhy } from '../../../../src/core/inspect/whySuggestion.ts';
import type { RefreshReport } from '../../../../src/core/context/refreshReport.ts';
import { ALWAYS_ON } from '../../../support/alwaysOn.ts';
import { FakeTime } from '../../../support/fakeTime.ts';
import { ScriptedModel } from '../../../support/scriptedModel.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

const NEVER = new AbortController().signal;

const REPORT: RefreshReport = {
  path: 'test.ts',
  maxChars: 9_000,
  how: 'extended',
  keptInPlace: 1,
  sources: [{ name: 'recent edits', state: 'in time', elapsedMs: 1.25, found: 2 }],
  shown: [{ path: 'a.ts', firstLine: 0, endLine: 16, chars: 300, score: 0.05, sources: ['recent edits'] }],
  leftOut: [
    {
      path: '.env',
      firstLine: 0,
      endLine: 1,
      chars: 9,
      score: 0.02,
      sources: [],
      reason: 'a file of secrets',
    },
  ],
};

describe('the inspector', () => {
  let time: FakeTime;
  let model: ScriptedModel;
  let completer: Completer;
  let last: LastAnswers;
  let settings = ALWAYS_ON;

  beforeEach(() => {
    time = new FakeTime();
    settings = ALWAYS_ON;
    model = new ScriptedModel();
    completer = new Completer(model, time, () => settings);
    last = new LastAnswers(completer, model, { report: REPORT });
  });

  afterEach(() => {
    last.dispose();
    completer.dispose();
    time.stop();
  });

  async function suggest(picture: string, ...pieces: string[]): Promise<void> {
    const answered = completer.provide(viewOfPicture(picture), 'automatic', NEVER);
    await time.pass(0);
    for (const piece of pieces) model.request.write(piece);
    model.request.end();
    await time.pass(0);
    await answered;
    await time.pass(0);
  }

  it('has nothing to say before anything was asked', () => {
    assert.deepEqual([last.answer, last.request], [undefined, undefined]);
  });

  it('tells what a request was made of, and what it cost', async () => {
    await suggest('const a = |;\n', 'one()');
    assert.ok(last.request);
    const text = renderLastRequest(last.request);
    for (const part of [
      'test.ts:1:11, typescript, automatic trigger: a suggestion from the model',
      '## Prompt: 100 tokens, 90 reused, 10 evaluated',
      '| 1 | marker | `` \\<｜fim▁begin｜> `` |',
      '`` const a = ``',
      '| recent edits | in time | 1.3 | 2 |',
      '| a.ts:1-16 | 0.050 | 300 | recent edits |',
      '| a file of secrets | .env:1-1 | 0.020 | 9 |  |',
      '```text\n<｜fim▁begin｜><｜fim▁hole｜>;\n<｜fim▁end｜>const a =\n```',
    ]) {
      assert.ok(text.includes(part), `${part}\n\nis not in\n\n${text}`);
    }
  });

  it('tells which parts of the prompt were reused', async () => {
    await suggest('const a = |;\n', 'one()');
    const { request } = last;
    assert.ok(request?.generation?.result && request.generation.prompt);
    const pieces = request.generation.prompt.pieces.length;
    const partTokens = [1, 60, 1, 36, 1].slice(0, pieces);
    // One token, BOS, belongs to no part.
    const result = { ...request.generation.result, partTokens, promptTokens: 100, reusedTokens: 40 };
    const text = renderLastRequest({ ...request, generation: { ...request.generation, result } });
    const states = [...text.matchAll(/^\| \d+ \|.*\| (\d+) \| ([^|]*) \|$/gm)].map(([, count, state]) => {
      return `${count} ${state}`;
    });
    assert.deepEqual(states, ['1 reused', '60 38 reused', '1 evaluated', '36 evaluated', '1 evaluated']);
  });

  it('tells what each filter made of what the model wrote', async () => {
    await suggest('const a = |;\n', '```ts\n', 'one();\n', '```\n');
    assert.ok(last.answer);
    const text = renderWhy(last.answer);
    for (const part of [
      '## Shown\n\n```text\none()\n```',
      '## What the model wrote\n\n````text\n```ts\none();\n',
      '### code fence',
    ]) {
      assert.ok(text.includes(part), `${part}\n\nis not in\n\n${text}`);
    }
  });

  it('tells how sure the model was', async () => {
    settings = { ...ALWAYS_ON, eagerness: () => 'careful' };
    const answered = completer.provide(viewOfPicture('const a = |;\n'), 'automatic', NEVER);
    await time.pass(0);
    model.request.write('one()', 0.1);
    model.request.end();
    await time.pass(0);
    assert.equal(await answered, undefined);
    assert.ok(last.answer);
    const text = renderWhy(last.answer);
    assert.ok(text.includes('held for 10.0 % likely, 25 % are asked for: not shown'), text);
    assert.ok(text.includes('| `` one() `` | 10.0 % | counts |'), text);
  });

  it('tells the reason where nothing was asked, and keeps the request before', async () => {
    await suggest('const a = |;\n', 'one()');
    settings = { ...ALWAYS_ON, snoozed: true };
    await completer.provide(viewOfPicture('const b = |;\n'), 'automatic', NEVER);
    assert.ok(last.answer && last.request);
    assert.match(renderWhy(last.answer), /did not let the question through: snoozed/);
    assert.match(renderLastRequest(last.request), /const a = /);
  });
});
