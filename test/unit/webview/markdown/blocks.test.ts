import assert from 'node:assert/strict';
import {
  append,
  type Block,
  type Blocks,
  close,
  EMPTY_BLOCKS,
} from '../../../../src/webview/markdown/blocks.ts';
import { LIMITS } from '../../../../src/webview/markdown/limits.ts';
import { HOSTILE } from '../../../support/chat/hostileMarkdown.ts';
import { seeded } from '../../../../src/base/seeded.ts';

describe('blocks of a message', () => {
  // The text, and its blocks when it is complete: `md:`, `code(language):` or `plain:`.
  const rows: [name: string, text: string, blocks: string[]][] = [
    ['nothing', '', []],
    ['blank lines', '\n \n\n', []],
    ['paragraphs', 'a\nb\n\nc', ['md:a\nb\n\n', 'md:c']],
    ['a fence', 'a\n```ts\nx\n\ny\n```\nb', ['md:a\n', 'code(ts):x\n\ny\n', 'md:b']],
    ['a fence of tildes', '~~~\n```\n~~~', ['code():```\n']],
    ['a longer fence', '````md\n```\n````', ['code(md):```\n']],
    ['a fence that is not closed', '```js\nx', ['code(js):x']],
    ['a fence closed without a line end', '```js\nx\n```', ['code(js):x\n']],
    ['marks too short to close', '```js\nx\n``', ['code(js):x\n``']],
    ['an indented fence', '  ```js\n  x\n    y\n  ```', ['code(js):x\n  y\n']],
    ['code in a line is no fence', '```js``` is code\nx', ['md:```js``` is code\nx']],
    ['line ends of Windows', 'a\r\n\r\n```\r\nx\r\n```\r\n', ['md:a\n\n', 'code():x\n']],
    ['a list', '- a\n\n- b\n\nc', ['md:- a\n\n- b\n\n', 'md:c']],
    [
      'a fence in a list',
      '1. a\n\n   ```\n   x\n   ```\n\n2. b',
      ['md:1. a\n\n   ```\n   x\n   ```\n\n2. b'],
    ],
    ['a fence that ends a list', '- a\n```\nx\n```', ['md:- a\n', 'code():x\n']],
    ['indented code', '    a\n\n    b\n\nc', ['md:    a\n\n    b\n\n', 'md:c']],
    ['a table', '|a|\n|-|\n|b|\n\nc', ['md:|a|\n|-|\n|b|\n\n', 'md:c']],
  ];
  for (const [name, text, expected] of rows) {
    it(`are found: ${name}`, () => assert.deepEqual(picture(whole(text).finished), expected));
  }

  const long = {
    line: 'x'.repeat(3 * LIMITS.blockChars),
    'line with what looks like a fence in it': `${'x'.repeat(LIMITS.blockChars)}\n${'y'.repeat(400)}\`\`\`\n\nafter`,
    table: `|a|\n|-|\n${'|b|\n'.repeat(LIMITS.blockChars)}\nafter`,
    pairs: '😀'.repeat(LIMITS.blockChars),
    fence: `\`\`\`\n${'x\n'.repeat(20_000)}\`\`\`\nafter`,
    paragraphs: 'a\n\n'.repeat(LIMITS.blocks + 5_000),
    fences: '```\na\n```\n'.repeat(LIMITS.blocks + 500),
  };
  for (const [name, text] of Object.entries(long)) {
    it(`are bounded, and lose nothing: ${name}`, () => {
      const { finished, droppedChars } = whole(text);
      assert.ok(
        finished.every((block) => block.kind === 'code' || block.text.length <= LIMITS.blockChars + 300),
      );
      assert.ok(finished.length < LIMITS.blocks + 101, String(finished.length));
      assert.equal(droppedChars, 0);
      if (!text.includes('```\n'))
        assert.equal(squeezed(finished.map((block) => block.text).join('')), squeezed(text));
      if (text.endsWith('after')) assert.equal(finished.at(-1)?.text, 'after');
      assert.ok(finished.every((block) => !/\p{Surrogate}/u.test(block.text)));
    });
  }

  it('drop what is beyond the longest message, and count it', () => {
    const { finished, droppedChars } = whole('a'.repeat(LIMITS.messageChars + 7), 1000);
    assert.equal(finished.map((block) => block.text).join('').length, LIMITS.messageChars);
    assert.equal(droppedChars, 7);
  });

  it('do not depend on where the text was cut', () => {
    for (const text of [
      ...rows.map(([, text]) => text),
      ...HOSTILE,
      Object.values(long).join('\n\n').slice(0, 90_000),
    ]) {
      const expected = picture(whole(text).finished);
      for (const length of text.length < 500 ? [1, 2, 3, 7] : [11, 997]) {
        assert.deepEqual(picture(whole(text, length).finished), expected, `${length}: ${text.slice(0, 60)}`);
      }
    }
  });

  it('stay what they were once they are finished', () => {
    const random = seeded(3);
    const parts = [
      '```',
      '\n',
      '\n\n',
      '- a',
      '  ',
      'word ',
      '> q',
      '~~~',
      '1. ',
      '|a|b|',
      '\t',
      'x'.repeat(700),
    ];
    for (let round = 0; round < 300; round++) {
      let blocks = EMPTY_BLOCKS;
      for (let step = 0; step < 60; step++) {
        const before = blocks;
        blocks = append(blocks, parts[Math.floor(random() * parts.length)] ?? '');
        assert.deepEqual(blocks.finished.slice(0, before.finished.length), before.finished);
        for (const [index, block] of before.finished.entries()) assert.equal(blocks.finished[index], block);
      }
    }
  });

  it('hold back what may be the end of a fence', () => {
    const open = (text: string): string => append(EMPTY_BLOCKS, text).open?.text ?? '';
    assert.equal(open('```js\nx\n``'), 'x\n');
    assert.equal(open('```js\nx\n```'), 'x\n');
    assert.equal(open('```js\nx\n`a'), 'x\n`a');
  });
});

function whole(text: string, length = text.length): Blocks {
  let blocks = EMPTY_BLOCKS;
  for (let at = 0; at < text.length; at += length) blocks = append(blocks, text.slice(at, at + length));
  return close(blocks);
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

function picture(blocks: readonly Block[]): string[] {
  return blocks.map((block) => {
    if (block.kind === 'code') return `code(${block.language}):${block.text}`;
    return `${block.kind === 'plain' ? 'plain' : 'md'}:${block.text}`;
  });
}
