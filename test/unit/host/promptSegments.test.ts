import assert from 'node:assert/strict';
import { encodePrompt, SentSegments } from '../../../src/host/promptSegments.ts';

describe('encodePrompt', () => {
  const segment = (text: string, leadingSpace = false) => ({ segment: text, leadingSpace });

  it('sends a segment once, by id afterwards', () => {
    const sent = new SentSegments();
    const pieces = [{ special: '<pre>' }, segment('a'), { text: 'tail', leadingSpace: false }];
    const first = encodePrompt(pieces, sent);
    assert.deepEqual(
      first.newSegments.map(({ text }) => text),
      ['a'],
    );
    sent.add(first.newSegments);
    const second = encodePrompt(pieces, sent);
    assert.deepEqual(second.newSegments, []);
    assert.deepEqual(second.parts, first.parts);
  });

  it('refers to what it sends', () => {
    const { parts, newSegments } = encodePrompt([segment('a'), segment('b')], new SentSegments());
    assert.deepEqual(
      parts,
      newSegments.map(({ id }) => ({ segment: id })),
    );
  });

  it('sends a segment that occurs twice once', () => {
    const { parts, newSegments } = encodePrompt([segment('a'), segment('a')], new SentSegments());
    assert.equal(newSegments.length, 1);
    assert.equal(parts.length, 2);
  });

  it('tells the same text with and without leading space apart', () => {
    const { newSegments } = encodePrompt([segment('a', true), segment('a', false)], new SentSegments());
    assert.equal(new Set(newSegments.map(({ id }) => id)).size, 2);
  });

  it('sends all again once forgotten', () => {
    const sent = new SentSegments();
    sent.add(encodePrompt([segment('a')], sent).newSegments);
    sent.forget();
    assert.equal(encodePrompt([segment('a')], sent).newSegments.length, 1);
  });
});
