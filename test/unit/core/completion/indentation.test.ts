import assert from 'node:assert/strict';
import {
  indentationOf,
  indentUnit,
  isOpener,
  usesTabs,
} from '../../../../src/core/completion/indentation.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('indentation', () => {
  const rows: [picture: string, unit: number, tabs: boolean | undefined][] = [
    ['f {\n  a;\n    b;\n|', 2, false],
    ['f:\n    a\n        b\n|', 4, false],
    ['f {\n\ta;\n|', 4, true],
    ['f {\n\ta;\n\tb;\n  c;\n|', 2, true],
    ['f {\n|', 4, undefined],
    ['/**\n * a\n */\nf {\n  a;\n|', 2, false],
  ];

  for (const [picture, unit, tabs] of rows) {
    it(`${JSON.stringify(picture)}: ${unit} columns, ${tabs ? 'tabs' : 'no tabs'}`, () => {
      const view = viewOfPicture(picture);
      assert.equal(indentUnit(view), unit);
      assert.equal(usesTabs(view), tabs);
    });
  }

  it('counts a tab as four columns', () => {
    assert.equal(indentationOf('\t  a'), 6);
  });

  const openers: [line: string, opens: boolean][] = [
    ['if (a) {', true],
    ['f(a => ', true],
    ['def f():', true],
    ['while a; do', true],
    ['undo', false],
    ['f(a);', false],
  ];

  for (const [line, opens] of openers) {
    it(`${JSON.stringify(line)} ${opens ? 'opens' : 'does not open'} a block`, () => {
      assert.equal(isOpener(line), opens);
    });
  }
});
