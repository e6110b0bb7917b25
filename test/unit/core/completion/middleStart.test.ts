import assert from 'node:assert/strict';
import { MiddleStart } from '../../../../src/core/completion/middleStart.ts';
import type { View } from '../../../../src/core/completion/view.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

const MAX = 40;

/** Of each picture in turn, what is begun of the middle. */
function begun(pictures: readonly (string | View)[], maxChars = MAX): string[] {
  const start = new MiddleStart();
  return pictures.map((picture) => {
    const view = typeof picture === 'string' ? viewOfPicture(picture) : picture;
    return view.prefix.slice(view.prefix.length - start.begunChars(view, maxChars));
  });
}

describe('MiddleStart', () => {
  it('is where the line begins', () => {
    assert.deepEqual(begun(['a();\n  let b = |;\nc();']), ['  let b = ']);
    assert.deepEqual(begun(['|a();']), ['']);
  });

  it('stays while the user types, over line ends and back', () => {
    assert.deepEqual(begun(['a();\nb|\nz', 'a();\nb()|\nz', 'a();\nb()\n  c|\nz', 'a();\n|\nz']), [
      'b',
      'b()',
      'b()\n  c',
      '',
    ]);
  });

  for (const [what, picture] of [
    ['the text after the cursor changed', 'a();\nb(\nc|)\nz'],
    ['the text before it changed its length', 'ab();\nb(\nc|\nz'],
    ['the cursor went above it', 'a(c|();\nb\nz'],
  ] as const) {
    it(`begins anew where ${what}`, () => {
      assert.deepEqual(begun(['a();\nb(|\nz', picture])[1], picture.startsWith('a(c') ? 'a(c' : 'c');
    });
  }

  it('begins anew in another file', () => {
    const other = viewOfPicture('a();\nb\nc|\nz', { path: 'other.ts', languageId: 'typescript' });
    assert.deepEqual(begun(['a();\nb|\nz', other]), ['b', 'c']);
  });

  it('begins anew where much was typed', () => {
    const typed = Array.from({ length: 12 }, (_, line) => `line${line};\n`).join('');
    const pictures = Array.from({ length: typed.length }, (_, keys) => `a\n${typed.slice(0, keys)}|\nz`);
    const lengths = begun(pictures).map(({ length }) => length);
    assert.ok(Math.max(...lengths) <= MAX && Math.max(...lengths) >= MAX - 8, lengths.join(' '));
    const renewals = lengths.filter((length, key) => length < (lengths[key - 1] ?? 0)).length;
    assert.ok(renewals >= 1 && renewals <= typed.length / (MAX - 8), `${renewals}`);
  });

  it('takes the end of a line that is too long, from places far apart', () => {
    const pictures = Array.from({ length: 100 }, (_, keys) => `${'x'.repeat(keys)}|`);
    const starts = new Set(begun(pictures).map(({ length }, keys) => keys - length));
    assert.deepEqual([...starts], [0, 40, 80]);
  });

  it('takes nothing where there is room for nothing', () => {
    assert.deepEqual(begun(['abc|def', 'abcd|def'], 0), ['', '']);
  });
});
