import assert from 'node:assert/strict';
import { dropBlank } from '../../../../../src/core/completion/shaping/dropBlank.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

describe('drop blank', () => {
  const rows: [title: string, picture: string, text: string, left: string, final: boolean][] = [
    ['a word', 'a|', 'b', 'b', false],
    ['nothing', 'a|', '', '', false],
    ['white space, which may go on', 'a|', ' \n ', '', false],
    ['a new line behind code', 'a {|', '\n  b', '\n  b', false],
    ['a new line on a blank one', '  |', '\n  b', '', true],
    ['a new line in an empty file', '|', '\nb', '', true],
  ];

  for (const [title, picture, text, left, final] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      const filtered = dropBlank.apply(text, { view: viewOfPicture(picture), complete: false });
      assert.deepEqual(filtered, { text: left, final });
    });
  }
});
