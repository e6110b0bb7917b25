import assert from 'node:assert/strict';
import { languageNames, languageOf } from '../../../../src/core/languages/languageOf.ts';
import { LANGUAGE_ROWS } from '../../../../src/core/languages/languageRows.ts';
import { DEEPSEEK_LANGUAGES } from './deepseekLanguages.ts';

/** Languages without comments. */
const NO_COMMENTS = ['BNF', 'Brainfuck', 'Darcs Patch', 'Diff', 'MooCode', 'Objdump', 'Self', 'Text'];

describe('languages', () => {
  const rows = new Map(LANGUAGE_ROWS.map((row) => [row.split('\t')[0], row.split('\t')]));

  it("have 338 names in the model's list", () => {
    assert.equal(new Set(DEEPSEEK_LANGUAGES).size, 338);
  });

  for (const name of DEEPSEEK_LANGUAGES) {
    it(`has ${name}: an id and a file ending that lead to a language, comments, blocks`, () => {
      const [, blocks = '', comments = '', ids = '', files = ''] = rows.get(name) ?? [];
      assert.ok(languageNames().includes(name));
      assert.match(blocks, /^(indentation|braces|keywords)$/);
      assert.equal(comments === '', NO_COMMENTS.includes(name));
      assert.notEqual(ids, '');
      assert.notEqual(files, '');
      for (const id of ids.split(' ')) {
        assert.notEqual(languageOf({ languageId: id, path: '' }).name, 'unknown', id);
      }
      for (const file of files.split(' ')) {
        const path = `a/b${file.replace(/^!/, '')}`;
        const whole = file.replace(/^!/, '');
        const found = [path, whole].map((each) => languageOf({ languageId: 'plaintext', path: each }).name);
        assert.ok(
          found.some((each) => each !== 'Text' && each !== 'unknown'),
          file,
        );
      }
    });
  }

  it('have no name twice', () => {
    assert.equal(rows.size, LANGUAGE_ROWS.length);
  });

  const found: [languageId: string, path: string, name: string][] = [
    ['typescript', 'a.ts', 'TypeScript'],
    ['typescriptreact', 'a.tsx', 'TSX'],
    ['javascriptreact', 'a.js', 'JSX'],
    ['javascript', 'a.js', 'JavaScript'],
    ['python', 'a.txt', 'Python'],
    ['shellscript', 'run', 'Shell'],
    ['csharp', 'a.cs', 'C#'],
    ['fsharp', 'a.fs', 'F#'],
    ['cpp', 'a.h', 'C++'],
    ['objective-c', 'a.m', 'Objective-C'],
    ['cuda-cpp', 'a.cu', 'CUDA'],
    ['latex', 'a.tex', 'TeX'],
    ['viml', '.vimrc', 'VimL'],
    ['vim', '.vimrc', 'VimL'],
    ['haskell', 'a.hs', 'Haskell'],
    ['elixir', 'a.ex', 'Elixir'],
    ['zig', 'a.zig', 'Zig'],
    ['plaintext', 'a.zig', 'Zig'],
    ['plaintext', 'src/a.hs', 'Haskell'],
    ['plaintext', 'a.RS', 'Rust'],
    ['plaintext', 'a.h', 'C++'],
    ['plaintext', 'a.m', 'Objective-C'],
    ['plaintext', 'a.pl', 'Perl'],
    ['erb', 'a.html.erb', 'HTML ERB'],
    ['plaintext', 'docker/Dockerfile', 'Docker'],
    ['plaintext', 'Makefile', 'Makefile'],
    ['plaintext', 'CMakeLists.txt', 'CMake'],
    ['plaintext', 'a.v', 'Verilog'],
    ['plaintext', 'a.nim', 'Nimrod'],
    ['plaintext', 'notes.txt', 'Text'],
    ['plaintext', 'Untitled-1', 'Text'],
    ['markdown', 'a.md', 'Markdown'],
    ['sol', 'a', 'Solidity'],
    ['no-such-language', 'a.py', 'Python'],
    ['no-such-language', 'a', 'unknown'],
    ['constructor', '__proto__', 'unknown'],
  ];

  for (const [languageId, path, name] of found) {
    it(`${languageId} in ${path} is ${name}`, () => {
      assert.equal(languageOf({ languageId, path }).name, name);
    });
  }

  const comments: [languageId: string, line: string, block: string, blocks: string][] = [
    ['typescript', '//', '/* */', 'braces'],
    ['python', '#', '""" """', 'indentation'],
    ['lua', '--', '--[[ ]]', 'keywords'],
    ['ruby', '#', '=begin =end', 'keywords'],
    ['html', '', '<!-- -->', 'keywords'],
    ['css', '', '/* */', 'braces'],
    ['clojure', ';; ;', '', 'braces'],
    ['haskell', '--', '{- -}', 'indentation'],
    ['julia', '#', '#= =#', 'keywords'],
    ['powershell', '#', '<# #>', 'braces'],
    ['makefile', '#', '', 'indentation'],
  ];

  for (const [languageId, line, block, blocks] of comments) {
    it(`${languageId} has comments after ${line || 'nothing'} and in ${block || 'nothing'}, and ${blocks}`, () => {
      const language = languageOf({ languageId, path: '' });
      assert.equal(language.lineComments.join(' '), line);
      assert.equal(language.blockComments.map((pair) => pair.join(' ')).join(' '), block);
      assert.equal(language.blocks, blocks);
    });
  }

  it('tells a quote from a lifetime, and prose from code', () => {
    assert.equal(languageOf({ languageId: 'rust', path: '' }).quotes.includes("'"), false);
    assert.equal(languageOf({ languageId: 'markdown', path: '' }).prose, true);
    assert.equal(languageOf({ languageId: 'rust', path: '' }).prose, false);
  });
});
