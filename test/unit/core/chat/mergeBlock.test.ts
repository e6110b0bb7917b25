import assert from 'node:assert/strict';
import { headKey } from '../../../../src/core/chat/codeChunks.ts';
import { mergeBlock } from '../../../../src/core/chat/mergeBlock.ts';

const FILE = `import { a } from './a';

/** Sums. */
export function total(items: Item[]): number {
  let sum = 0;
  for (const item of items) {
    sum += item.price;
  }
  return sum;
}

class Cart {
  private items: Item[] = [];

  add(item: Item): void {
    this.items.push(item);
  }
}
`;

describe('a code block in its file', () => {
  it('takes the place of the function of its name, whose comment stays', () => {
    const block = 'export function total(items: Item[]): number {\n  return items.length;\n}';
    const merged = mergeBlock(FILE, block, []);
    assert.equal(merged, FILE.replace(/ {2}let sum[^]*?return sum;/, '  return items.length;'));
  });

  it('brings its own comment', () => {
    const block = '/** Adds up. */\nexport function total(items: Item[]): number {\n  return 0;\n}';
    const merged = mergeBlock(FILE, block, []) ?? '';
    assert.ok(
      merged.includes('\n\n/** Adds up. */\nexport function total') && !merged.includes('Sums.'),
      merged,
    );
  });

  it('takes the place of a method, with the method’s indentation', () => {
    const block = 'add(item: Item): void {\n  if (item) {\n    this.items.push(item);\n  }\n}';
    const merged = mergeBlock(FILE, block, []) ?? '';
    assert.ok(
      merged.includes(
        '\n  add(item: Item): void {\n    if (item) {\n      this.items.push(item);\n    }\n  }\n}\n',
      ),
      merged,
    );
  });

  it('puts what is new behind its neighbour, and imports to the imports', () => {
    const block = "import { b } from './b';\n\nfunction total() {\n  return b();\n}\n\nfunction more() {}";
    const merged = mergeBlock(FILE, block, []) ?? '';
    assert.match(merged, /^import \{ a \} from '.\/a';\nimport \{ b \} from '.\/b';\n/);
    assert.match(
      merged,
      /\nfunction total\(\) \{\n {2}return b\(\);\n\}\n\nfunction more\(\) \{\}\n\nclass Cart/,
    );
  });

  it('puts what is new before its neighbour where it comes first', () => {
    const block = 'type Price = number;\n\nclass Cart {\n}';
    const merged = mergeBlock(FILE, block, []) ?? '';
    assert.match(merged, /\}\n\ntype Price = number;\n\nclass Cart \{\n\}\n$/);
  });

  it('is another version of the lines that were asked about', () => {
    const text = FILE.split('\n').slice(14, 17).join('\n');
    const block = 'add(item: Item): this {\n  return this;\n}';
    const merged = mergeBlock(FILE, block, [{ firstLine: 14, text }]);
    assert.equal(merged, FILE.replace(text, '  add(item: Item): this {\n    return this;\n  }'));
  });

  it('does not go where those lines no longer are', () => {
    const text = 'add(other: Item): void {\n}';
    const block = 'add(item: Item): this {\n  return this;\n}';
    assert.match(
      mergeBlock(FILE, block, [{ firstLine: 3, text }]) ?? '',
      /\n {2}add\(item: Item\): this \{\n/,
    );
  });

  it('replaces a Python function up to where its indentation ends', () => {
    const file = 'def one():\n    if a:\n        return 1\n\n    return 2\n\n\ndef two():\n    pass\n';
    const block = 'def one():\n    return 3';
    assert.equal(mergeBlock(file, block, []), 'def one():\n    return 3\n\n\ndef two():\n    pass\n');
  });

  it('fills an empty file', () => {
    assert.equal(mergeBlock('\n', 'const a = 1;\n\n', []), 'const a = 1;\n');
  });

  it('is written twice with the same result', () => {
    const block = "import { b } from './b';\nexport function total() {\n  return b();\n}";
    const once = mergeBlock(FILE, block, []) ?? '';
    assert.equal(mergeBlock(once, block, []), once);
  });

  const nowhere: [what: string, block: string][] = [
    ['nothing in common', 'const other = 1;'],
    ['nothing at all', ' \n'],
    ['only statements', 'return sum;\nfor (const a of b) {}'],
    ['a comment for what is left out', 'export function total() {\n  // ... existing code ...\n}'],
    ['dots for what is left out', 'class Cart {\n  ...\n}'],
    ['a placeholder for a secret', "class Cart {\n  key = 'ghp_xREDACTEDxxxx';\n}"],
  ];
  for (const [what, block] of nowhere) {
    it(`has no place with ${what}`, () => assert.equal(mergeBlock(FILE, block, []), undefined));
  }

  it('may spread an object', () => {
    assert.notEqual(mergeBlock(FILE, 'class Cart {\n  a = {\n    ...rest,\n  };\n}', []), undefined);
  });
});

describe('what a line declares', () => {
  const rows: [line: string, key: string | undefined][] = [
    ['export async function load(path: string) {', 'function load'],
    ['  private static readonly LIMIT = 3;', 'LIMIT'],
    ['def load(path):', 'def load'],
    ['pub(crate) fn load(path: &str) -> u8 {', 'fn load'],
    ['class A<T> extends B {', 'class A'],
    ['interface A {', 'interface A'],
    ["import { a } from './a';", "import { a } from './a';"],
    ['}', undefined],
    ['return load(path);', undefined],
    ['// function load', undefined],
    ['@decorated', undefined],
    ["it('works', () => {", 'it'],
    ['a.b = 1;', undefined],
    ['', undefined],
  ];
  for (const [line, key] of rows) it(line, () => assert.equal(headKey(line), key));
});
