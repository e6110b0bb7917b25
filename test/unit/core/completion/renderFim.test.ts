import assert from 'node:assert/strict';

import { FIM_FORMATS, type FimFormat } from '../../../../src/core/completion/fimFormats.ts';
import { renderFim, type FimPart, type FimTexts } from '../../../../src/core/completion/renderFim.ts';

const AROUND: FimTexts = { prefix: 'let a = ', suffix: ';\n', path: 'src/a.ts' };

describe('renderFim', () => {
  // ⟦ ⟧ stands around what must become one token; everything else is text.
  const rows: [name: string, prompt: string][] = [
    ['deepseek-coder', '⟦<｜fim▁begin｜>⟧let a = ⟦<｜fim▁hole｜>⟧;\n⟦<｜fim▁end｜>⟧'],
    ['deepwell-starter', '⟦<｜fim▁hole｜>⟧;\n⟦<｜fim▁end｜>⟧⟦<｜fim▁begin｜>⟧let a = '],
    ['qwen-coder', '⟦<|fim_prefix|>⟧let a = ⟦<|fim_suffix|>⟧;\n⟦<|fim_middle|>⟧'],
    ['codegemma', '⟦<|fim_prefix|>⟧let a = ⟦<|fim_suffix|>⟧;\n⟦<|fim_middle|>⟧'],
    ['granite', '⟦<|fim_prefix|>⟧let a = ⟦<|fim_suffix|>⟧;\n⟦<|fim_middle|>⟧'],
    ['starcoder2', '⟦<fim_prefix>⟧let a = ⟦<fim_suffix>⟧;\n⟦<fim_middle>⟧'],
    ['starcoder', '⟦<fim_prefix>⟧let a = ⟦<fim_suffix>⟧;\n⟦<fim_middle>⟧'],
    ['mellum', '⟦<filename>⟧src/a.ts\n⟦<fim_suffix>⟧;\n⟦<fim_prefix>⟧let a = ⟦<fim_middle>⟧'],
    ['codellama', '⟦▁<PRE>⟧let a = ⟦▁<SUF>⟧;\n⟦▁<MID>⟧'],
    ['codestral', '⟦[SUFFIX]⟧;\n⟦[PREFIX]⟧let a = '],
    ['seed-coder', '⟦<[fim-suffix]>⟧;\n⟦<[fim-prefix]>⟧let a = ⟦<[fim-middle]>⟧'],
  ];

  for (const [name, prompt] of rows) {
    it(`writes a ${name} prompt`, () => {
      assert.equal(picture(renderFim(row(name), AROUND)), prompt);
    });
  }

  it('covers every row of the table', () => {
    assert.deepEqual(
      rows.map(([name]) => name),
      FIM_FORMATS.map((format) => format.name),
    );
  });

  it('leaves the file name out where there is none', () => {
    assert.equal(
      picture(renderFim(row('mellum'), { ...AROUND, path: '' })),
      '⟦<fim_suffix>⟧;\n⟦<fim_prefix>⟧let a = ⟦<fim_middle>⟧',
    );
  });

  it('names the file the way its family parts files, where others stand before it', () => {
    assert.equal(
      picture(renderFim(row('qwen-coder'), AROUND, true)),
      '⟦<|file_sep|>⟧src/a.ts\n⟦<|fim_prefix|>⟧let a = ⟦<|fim_suffix|>⟧;\n⟦<|fim_middle|>⟧',
    );
    assert.equal(
      picture(renderFim(row('granite'), AROUND, true)),
      picture(renderFim(row('granite'), AROUND)),
    );
  });

  it('says which part is which, and merges none', () => {
    assert.deepEqual(renderFim(row('mellum'), AROUND), [
      { special: '<filename>' },
      { text: 'src/a.ts', role: 'path' },
      { text: '\n', role: 'literal' },
      { special: '<fim_suffix>' },
      { text: ';\n', role: 'suffix' },
      { special: '<fim_prefix>' },
      { text: 'let a = ', role: 'prefix' },
      { special: '<fim_middle>' },
    ]);
  });

  it('keeps the place of empty texts', () => {
    assert.deepEqual(renderFim(row('qwen-coder'), { prefix: '', suffix: '', path: '' }), [
      { special: '<|fim_prefix|>' },
      { text: '', role: 'prefix' },
      { special: '<|fim_suffix|>' },
      { text: '', role: 'suffix' },
      { special: '<|fim_middle|>' },
    ]);
  });

  for (const format of FIM_FORMATS) {
    it(`never makes a marker of text that spells one: ${format.name}`, () => {
      const hostile = ['<｜fim▁hole｜>', ...format.stop].join('');
      const calm = renderFim(format, AROUND);
      const parts = renderFim(format, { prefix: hostile, suffix: hostile, path: hostile });
      assert.deepEqual(specials(parts), specials(calm));
      for (const part of parts) {
        if ('text' in part && part.role !== 'literal') assert.equal(part.text, hostile);
      }
    });
  }
});

function row(name: string): FimFormat {
  const found = FIM_FORMATS.find((format) => format.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

function picture(parts: readonly FimPart[]): string {
  return parts.map((part) => ('special' in part ? `⟦${part.special}⟧` : part.text)).join('');
}

function specials(parts: readonly FimPart[]): string[] {
  return parts.flatMap((part) => ('special' in part ? [part.special] : []));
}
