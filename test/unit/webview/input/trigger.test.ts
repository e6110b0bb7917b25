import assert from 'node:assert/strict';
import { completedText, triggerAt } from '../../../../src/webview/input/trigger.ts';

describe('the trigger of a completion', () => {
  // The cursor is the bar.
  const rows: [picture: string, trigger: string | undefined][] = [
    ['|', undefined],
    ['/|', '/'],
    ['/ex|', '/ex'],
    ['  /ex|', '/ex'],
    ['/ex| more', '/ex'],
    ['a /ex|', undefined],
    ['/ex a|', undefined],
    ['@|', '@'],
    ['see @src/a.ts|', '@src/a.ts'],
    ['see\n@a|', '@a'],
    ['a@b|', undefined],
    ['@a b|', undefined],
    [`@${'a'.repeat(201)}|`, undefined],
  ];
  for (const [picture, expected] of rows) {
    it(`${JSON.stringify(picture.slice(0, 30))}: ${expected ?? 'none'}`, () => {
      const cursor = picture.indexOf('|');
      const trigger = triggerAt(picture.replace('|', ''), cursor);
      assert.equal(trigger && trigger.mark + trigger.query, expected);
    });
  }

  const taken: [picture: string, insert: string, result: string][] = [
    ['/ex|', '/explain', '/explain |'],
    ['see @a| now', '@src/a.ts', 'see @src/a.ts| now'],
    ['@a|b', '@src/a.ts', '@src/a.ts |b'],
  ];
  for (const [picture, insert, result] of taken) {
    it(`${picture} becomes ${result}`, () => {
      const cursor = picture.indexOf('|');
      const text = picture.replace('|', '');
      const trigger = triggerAt(text, cursor);
      assert.ok(trigger);
      const done = completedText(text, cursor, trigger, insert);
      assert.equal(`${done.text.slice(0, done.cursor)}|${done.text.slice(done.cursor)}`, result);
    });
  }
});
