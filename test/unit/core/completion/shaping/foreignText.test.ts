import assert from 'node:assert/strict';
import { foreignText } from '../../../../../src/core/completion/shaping/foreignText.ts';
import { applied } from './applied.ts';

describe('foreign text', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['code', 'a|', 'b;\n// Path to the file\nc;', 'b;\n// Path to the file\nc;'],
    ['a header at the cursor', 'a;\n  |', '// Path: foo.ts', ''],
    ['a header of another file', 'a;\n|', 'b;\n# File: lib/foo.py\nimport os', 'b;\n'],
    ['a header in a block comment', 'a;\n|', '/* File: foo.c */\nb', ''],
    ['a path alone in a comment', 'a;\n|', 'b;\n#src/lib/foo.ts\nc', 'b;\n'],
    ['a marker of the prompt', 'a|', 'b<|fim_middle|>c', 'b'],
    ['a marker with other bars', 'a|', 'b<｜fim▁hole｜>c', 'b'],
    ['an end mark', 'a|', 'b<|endoftext|>', 'b'],
    ['a chat marker', 'a|', 'b\n<|im_start|>user', 'b\n'],
    ['a file marker', 'a|', 'b\n<file_sep>c.ts', 'b\n'],
    ['not a comparison', 'a|', ' <| b |> c', ' <| b |> c'],
    ['not type arguments', 'a|', '<T>(b)', '<T>(b)'],
    ['not a path in a sentence', 'a;\n|', '// see src/lib/foo.ts', '// see src/lib/foo.ts'],
    ['not behind code', 'a; |', '// Path: foo.ts', '// Path: foo.ts'],
    ['not at the top of a file', '|', '// src/lib/foo.ts\na', '// src/lib/foo.ts\na'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(text)}`, () => {
      const filtered = applied(foreignText, picture, text);
      assert.deepEqual(filtered, { text: left, final: left !== text });
    });
  }

  it('waits until a header has ended', () => {
    assert.equal(applied(foreignText, 'a;\n|', '// Path: fo', { complete: false }).final, false);
    assert.equal(applied(foreignText, 'a;\n|', '// Path: fo\n', { complete: false }).final, true);
  });
});
