import assert from 'node:assert/strict';
import { surroundingsOf } from '../../../../src/core/completion/surroundings.ts';
import { SUFFIX_WINDOW_CHARS } from '../../../../src/core/completion/view.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('surroundings', () => {
  const rows: [picture: string, open: string, closedBelow: string][] = [
    ['a|', '', ''],
    ['f(a, [|])', '([', ''],
    ['f {\n  g(|)\n}', '{(', '}'],
    ['f("|")', '("', ''],
    ['f {\n|\n} // )\n}', '{', '}}'],
    ['f {\n|\n  g(a) { b }\n}', '{', '}'],
    ['f {\n|\n}1', '{', ''],
  ];

  for (const [picture, open, closedBelow] of rows) {
    it(`${JSON.stringify(picture)}: ${open || 'nothing'} open, ${closedBelow || 'nothing'} closed below`, () => {
      assert.deepEqual(surroundingsOf(viewOfPicture(picture)), { open: [...open], closedBelow, whole: true });
    });
  }

  it('know when they see a part of the document only', () => {
    const view = viewOfPicture('f {\n|\n}');
    assert.equal(surroundingsOf({ ...view, firstLine: 1 }).whole, false);
    assert.equal(surroundingsOf({ ...view, suffix: 'a'.repeat(SUFFIX_WINDOW_CHARS) }).whole, false);
  });
});
