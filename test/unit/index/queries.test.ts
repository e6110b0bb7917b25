import assert from 'node:assert/strict';
import { MemoryIndex } from '../../support/memoryIndex.ts';
import type { Files } from '../../support/temporaryFolder.ts';

describe('queries of the index', () => {
  let index: MemoryIndex;
  const start = async (files: Files) => {
    index = await MemoryIndex.of(files);
  };
  afterEach(() => index.dispose());

  describe('definitions', () => {
    it('come from imported modules first, then from near folders, never from the asking file', async () => {
      await start({
        'src/app/main.ts': "import { load } from '../far/away/loader.js';\nfunction load() {}\n",
        'src/app/near.ts': 'export function load(): void {}\n',
        'src/far/away/loader.ts': '// first\nexport function load(path: string): void {}\n',
        'other/elsewhere.ts': 'export function load(): void {}\n',
      });
      const places = ['src/far/away/loader.ts:1', 'src/app/near.ts:0', 'other/elsewhere.ts:0'];
      assert.deepEqual(await index.where('load', 'src/app/main.ts'), places);
    });

    it('carry the signature and whole lines', async () => {
      await start({ 'a.ts': '\nexport function load(\n  path: string,\n): void {\n  open(path);\n}\n' });
      const [found] = await index.definitions(['load']);
      assert.equal(found?.signature, 'export function load(\n  path: string,\n): void');
      assert.equal(found?.text, 'export function load(\n  path: string,\n): void {\n  open(path);\n}');
      assert.equal(found?.firstLine, 1);
    });

    it('of many names are in the order of the names', async () => {
      await start({ 'a.ts': 'export class One {}\nexport class Two {}\n' });
      const found = await index.definitions(['Two', 'Missing', 'One']);
      assert.deepEqual(
        found.map(({ name }) => name),
        ['Two', 'One'],
      );
    });

    it('of a name that is everywhere still begin with the imported one', async () => {
      const many: Record<string, string> = {};
      for (let at = 0; at < 250; at++) many[`a/f${at}.lua`] = 'function get()\nend\n';
      await start({
        ...many,
        'z/main.ts': "import { get } from './lib';\n",
        'z/lib.ts': 'export function get() {}\n',
      });
      assert.equal((await index.where('get', 'z/main.ts'))[0], 'z/lib.ts:0');
    });
  });

  describe('similar code', () => {
    const filler = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, at) => `const filler${from + at} = ${from + at};\n`).join('');

    it('is found where it stands, by the words its names are made of', async () => {
      await start({
        'a.ts': `${filler(0, 45)}function parseInvoiceTotal(invoice) {\n  return invoice.totalCents;\n}\n${filler(45, 90)}`,
        'b.ts': filler(100, 190),
      });
      const [first] = await index.similar('const total_cents = parse_invoice(invoice_total);');
      assert.ok(first === 'a.ts:40' || first === 'a.ts:20', first);
    });

    it('is never of the asking file, and no two windows overlap', async () => {
      const text = 'walrus(octopus, jellyfish);\n'.repeat(60);
      await start({ 'a.ts': text, 'b.ts': text });
      assert.deepEqual(await index.similar(text, 'a.ts'), ['b.ts:0', 'b.ts:40']);
    });

    it('comes with the most similar first', async () => {
      await start({
        'a.ts': 'walrus(octopus);\n',
        'b.ts': 'walrus(octopus, jellyfish, anemone);\n',
        'c.ts': 'nothing(like, it);\n',
      });
      assert.deepEqual(await index.similar('walrus(octopus, jellyfish, anemone)'), ['b.ts:0', 'a.ts:0']);
    });

    it('follows unsaved text', async () => {
      await start({ 'a.ts': 'walrus(octopus);\n' });
      await index.type('a.ts', 'jellyfish(anemone);\n');
      assert.deepEqual(await index.similar('walrus(octopus)'), []);
      assert.deepEqual(await index.similar('jellyfish(anemone)'), ['a.ts:0']);
    });
  });

  describe('neighbours', () => {
    const neighbours = (path: string) => index.client.request('neighbours', { place: index.place(path) });

    it('are imports in their order, tests and what they test, and siblings by name', async () => {
      await start({
        'src/orderList.ts': "import './order';\nimport x from '../lib/b';\nimport fs from 'node:fs';\n",
        'src/order.ts': '',
        'src/zebra.ts': '',
        'src/notes.md': '',
        'lib/b/index.ts': '',
        'test/src/orderList.test.ts': '',
        'other/test/orderList.spec.ts': '',
      });
      assert.deepEqual(await neighbours('src/orderList.ts'), {
        imports: ['src/order.ts', 'lib/b/index.ts'],
        counterparts: ['other/test/orderList.spec.ts', 'test/src/orderList.test.ts'],
        siblings: ['src/order.ts', 'src/zebra.ts'],
      });
      assert.deepEqual((await neighbours('test/src/orderList.test.ts')).counterparts, ['src/orderList.ts']);
    });

    it('never are excluded files', async () => {
      await start({
        '.gitignore': 'src/b.ts\n',
        'src/a.ts': "import './b';\n",
        'src/b.ts': '',
        'src/a.test.ts': '',
      });
      await index.write({ '.gitignore': 'src/b.ts\n*.test.ts\n' });
      assert.deepEqual(await neighbours('src/a.ts'), { imports: [], counterparts: [], siblings: [] });
    });
  });

  describe('names', () => {
    const found = async (text: string, limit = 10): Promise<string[]> => {
      const { files, symbols } = await index.client.request('lookUp', { text, limit });
      return [
        ...files.map(({ path }) => path),
        ...symbols.map(({ name, path, firstLine, lastLine }) => `${name} ${path}:${firstLine}-${lastLine}`),
      ];
    };

    it('are found by a part of the path and by the beginning of a symbol, whatever the case', async () => {
      await start({
        'src/cartTotal.ts': '\nexport function cartSum() {\n  return 1;\n}\nfunction myCart() {}\n',
        'src/cart.ts': 'export class Cart {\n}\n',
        'src/a/theCart.ts': 'export const a = 1;\n',
        'other.ts': 'export const b = 1;\n',
      });
      assert.deepEqual(await found('CART'), [
        'src/cart.ts',
        'src/cartTotal.ts',
        'src/a/theCart.ts',
        'Cart src/cart.ts:0-1',
        'cartSum src/cartTotal.ts:1-3',
      ]);
      assert.deepEqual(await found('cart', 1), ['src/cart.ts', 'Cart src/cart.ts:0-1']);
      assert.deepEqual(await found('src/a/'), ['src/a/theCart.ts']);
    });

    it('hold nothing that is ignored', async () => {
      await start({ '.gitignore': 'kept/\n', 'kept/cart.ts': 'export function cart() {}\n', 'cat.ts': '' });
      assert.deepEqual(await found('cart'), []);
    });

    it('are text: signs of a pattern are themselves', async () => {
      await start({ 'a_b.ts': 'export const x = 1;\n', 'a1b.ts': 'export const y = 1;\n' });
      assert.deepEqual(await found('a_b'), ['a_b.ts']);
      assert.deepEqual(await found('%'), []);
      assert.deepEqual(await found('\\'), []);
      assert.equal((await found('')).length, 2);
    });
  });
});
