import assert from 'node:assert/strict';
import { codeBlocks } from '../../../../src/core/chat/codeBlocks.ts';
import { languageIdOfFence } from '../../../../src/core/chat/fenceLanguage.ts';
import { fileOfBlock } from '../../../../src/core/chat/fileOfBlock.ts';

const FILES = [
  { path: 'src/cart.ts', text: 'export function total() {\n  return 1;\n}\n' },
  { path: 'src/tax.ts', text: 'export function tax(price: number) {\n  return price * RATE;\n}\n' },
];
const BLOCK = 'const fresh = 1;';
const answer = (before: string, info = 'ts', block = BLOCK): string =>
  `Some words.\n\n${before}\n\n\`\`\`${info}\n${block}\n\`\`\`\n\nMore of src/cart.ts.`;

describe('the file that a code block belongs to', () => {
  const rows: [what: string, answer: string, block: string, path: string | undefined][] = [
    ['is named before it', answer('In `src/tax.ts`:'), BLOCK, 'src/tax.ts'],
    ['is named before it by its end', answer('**tax.ts**'), BLOCK, 'src/tax.ts'],
    ['is named behind the fence', answer('', 'ts:src/tax.ts'), BLOCK, 'src/tax.ts'],
    [
      'is named in its first line',
      answer('', 'ts', `// src/tax.ts\n${BLOCK}`),
      `// src/tax.ts\n${BLOCK}`,
      'src/tax.ts',
    ],
    ['may be no candidate', answer('Make `src/new.ts`:'), BLOCK, 'src/new.ts'],
    ['is never outside', answer('In `../../tax.js`:'), BLOCK, undefined],
    [
      'has most of its lines',
      answer(''),
      'export function tax(price: number) {\n  return 2;\n}',
      'src/tax.ts',
    ],
    ['is not known', answer(''), BLOCK, undefined],
    [
      'is found although the page has taken off an indentation',
      answer('In `src/tax.ts`:', 'ts', `  ${BLOCK}`),
      BLOCK,
      'src/tax.ts',
    ],
  ];
  for (const [what, text, block, path] of rows) {
    it(what, () => assert.equal(fileOfBlock(text, block, FILES), path));
  }

  it('is the only candidate', () => {
    assert.equal(fileOfBlock(answer(''), BLOCK, FILES.slice(0, 1)), 'src/cart.ts');
    assert.equal(fileOfBlock(answer(''), BLOCK, []), undefined);
  });
});

describe('the code blocks of an answer', () => {
  it('have what stands behind and before their fence', () => {
    assert.deepEqual(codeBlocks('a\n\nb\n~~~py x\n1\n```\n2\n~~~\n````\nopen'), [
      { info: 'py x', lead: ['b', 'a'], text: '1\n```\n2' },
      { info: '', lead: [], text: 'open' },
    ]);
  });
});

describe('the language of a fence', () => {
  const rows: [string, string][] = [
    ['ts', 'typescript'],
    ['TSX', 'typescriptreact'],
    ['c++', 'cpp'],
    ['python', 'python'],
    ['', 'plaintext'],
    ['constructor', 'constructor'],
  ];
  for (const [fence, id] of rows) it(`${fence} is ${id}`, () => assert.equal(languageIdOfFence(fence), id));
});
