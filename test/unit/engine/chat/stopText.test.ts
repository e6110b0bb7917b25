import assert from 'node:assert/strict';
import { StopText } from '../../../../src/engine/chat/stopText.ts';

const STOPS = ['\n### Instruction', '\n### Response'];

/** All that is given out of `text`, piece by piece, and whether a stop text was reached. */
function run(text: string, pieceLength: number): [given: string, reached: boolean] {
  const stop = new StopText(STOPS);
  let given = '';
  for (let at = 0; at < text.length; at += pieceLength) given += stop.push(text.slice(at, at + pieceLength));
  return [given + stop.rest(), stop.reached];
}

describe('StopText', () => {
  const rows: readonly [text: string, given: string, reached: boolean][] = [
    ['', '', false],
    ['An answer.\n', 'An answer.\n', false],
    ['An answer.\n\n### Instruction:\nMore', 'An answer.\n', true],
    ['A\n### Response:\n### Instruction', 'A', true],
    ['# A\n### Headings\n### In between', '# A\n### Headings\n### In between', false],
    ['A\n### \n### Instructions', 'A\n### ', true],
    ['A\n\n\n### Inst', 'A\n\n\n### Inst', false],
  ];
  for (const [text, given, reached] of rows) {
    it(`${JSON.stringify(text)} → ${JSON.stringify(given)}, in pieces of any length`, () => {
      for (let length = 1; length <= Math.max(1, text.length); length++) {
        assert.deepEqual(run(text, length), [given, reached]);
      }
    });
  }

  it('holds back no more than what may be the beginning of a stop text', () => {
    const stop = new StopText(STOPS);
    assert.deepEqual(
      ['abc\n', '### ', 'No', 'te\n'].map((piece) => stop.push(piece)),
      ['abc', '', '\n### No', 'te'],
    );
    assert.equal(new StopText([]).push('abc\n'), 'abc\n');
  });
});
