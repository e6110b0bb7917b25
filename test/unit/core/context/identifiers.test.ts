import assert from 'node:assert/strict';
import { identifiersNear, importedNames } from '../../../../src/core/context/identifiers.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('names near the cursor', () => {
  it('come nearest first, each once, without keywords', () => {
    const view = viewOfPicture('const far = load();\nreturn total(cart, |, items);\nafter(cart);');
    assert.deepEqual(identifiersNear(view, 10), ['cart', 'total', 'load', 'far', 'items', 'after']);
    assert.deepEqual(identifiersNear(view, 2), ['cart', 'total']);
  });

  it('are of the lines around it only', () => {
    const view = viewOfPicture(`distant();\n${'x\n'.repeat(45)}near(|`);
    assert.deepEqual(identifiersNear(view, 10), ['near']);
  });
});

describe('imported names', () => {
  // file, names
  const rows: [text: string, names: string[]][] = [
    ["import { Cart, type Item as Thing } from './cart.ts';\nuse(|", ['Cart', 'Item', 'Thing']],
    ["import {\n  Cart,\n  Item,\n} from './cart.ts';\nconst other = 1;|", ['Cart', 'Item']],
    ["const fs = require('node:fs');\nconst x1y = 2;|", []],
    ["const reader = require('./reader');\n|", ['reader']],
    [
      'from shop.cart import Cart, Item\nimport paths\n\ndef main(): |',
      ['shop', 'cart', 'Cart', 'Item', 'paths'],
    ],
    ['use crate::cart::{Cart, Item};\nfn main() { | }', ['crate', 'cart', 'Cart', 'Item']],
    ['#include "account.h"\nint main() {|', []],
    ['const important = from(users);|', []],
  ];
  for (const [picture, names] of rows) {
    it(`of ${JSON.stringify(picture)}`, () =>
      assert.deepEqual(importedNames(viewOfPicture(picture), 20), names));
  }

  it('are no more than asked for', () => {
    assert.deepEqual(importedNames(viewOfPicture("import { aaa, bbb, ccc } from 'x';|"), 2), ['aaa', 'bbb']);
  });
});
