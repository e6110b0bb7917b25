import assert from 'node:assert/strict';

import {
  chooseFimFormat,
  probedTexts,
  type VocabularyFacts,
} from '../../../../src/core/completion/chooseFimFormat.ts';

const DEEPSEEK = ['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'];
const QWEN = ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>'];
const QWEN_FILES = ['<|repo_name|>', '<|file_sep|>'];
const GRANITE_ROLES = ['<|start_of_role|>', '<|end_of_role|>'];
const STAR = ['<fim_prefix>', '<fim_suffix>', '<fim_middle>'];
const CODELLAMA = ['▁<PRE>', '▁<SUF>', '▁<MID>', '▁<EOT>'];
const SEED = ['<[fim-prefix]>', '<[fim-suffix]>', '<[fim-middle]>'];

describe('chooseFimFormat', () => {
  // architecture, model name, single tokens, the row
  const rows: [architecture: string, name: string, tokens: string[], expected: string | undefined][] = [
    // The markers alone are enough where one family has them.
    ['llama', '', DEEPSEEK, 'deepseek-coder'],
    ['deepseek2', 'DeepSeek-Coder-V2-Lite-Base', DEEPSEEK, 'deepseek-coder'],
    ['deepseek2', '', DEEPSEEK, 'deepseek-coder'],
    ['deepseek2', 'Deepwell Starter', DEEPSEEK, 'deepwell-starter'],
    ['llama', '', CODELLAMA, 'codellama'],
    ['llama', '', ['[PREFIX]', '[SUFFIX]', '[MIDDLE]'], 'codestral'],
    ['mamba2', '', ['[PREFIX]', '[SUFFIX]'], 'codestral'],
    ['llama', '', SEED, 'seed-coder'],
    // Qwen-style markers: architecture first …
    ['qwen2', '', [...QWEN, ...QWEN_FILES], 'qwen-coder'],
    ['qwen3moe', '', QWEN, 'qwen-coder'],
    ['gemma', '', [...QWEN, '<|file_separator|>'], 'codegemma'],
    ['gemma', '', QWEN, 'codegemma'],
    ['granite', '', [...QWEN, ...GRANITE_ROLES], 'granite'],
    ['granitehybrid', '', QWEN, 'granite'],
    ['qwen2', 'CodeGemma', [...QWEN, '<|file_separator|>'], 'qwen-coder'],
    // … then other tokens …
    ['llama', '', [...QWEN, ...QWEN_FILES], 'qwen-coder'],
    ['llama', '', [...QWEN, '<|file_separator|>'], 'codegemma'],
    ['llama', 'my-qwen-merge', [...QWEN, ...GRANITE_ROLES], 'granite'],
    // … then the name, then the table's order.
    ['llama', 'Granite 5', QWEN, 'granite'],
    ['llama', '', QWEN, 'qwen-coder'],
    // StarCoder-style markers.
    ['starcoder2', '', [...STAR, '<repo_name>', '<file_sep>'], 'starcoder2'],
    ['llama', '', [...STAR, '<repo_name>', '<file_sep>'], 'starcoder2'],
    ['starcoder', '', [...STAR, '<reponame>', '<filename>'], 'starcoder'],
    ['refact', '', [...STAR, '<reponame>', '<filename>'], 'starcoder'],
    ['stablelm', '', STAR, 'starcoder'],
    ['granite', 'Granite 3.3 8b Base', [...STAR, '<filename>'], 'starcoder'],
    ['llama', 'Granite 3b Code Base', [...STAR, '<reponame>', '<filename>'], 'starcoder'],
    ['llama', 'Mellum 4b Base', [...STAR, '<reponame>', '<filename>'], 'mellum'],
    ['mellum', '', [...STAR, '<filename>'], 'mellum'],
    ['llama', '', [...STAR, '<filename>'], 'starcoder'],
    // A name, even with the architecture, is nothing without the markers.
    ['llama', 'DeepSeek-Coder-V2-Lite-Base', [], undefined],
    ['deepseek2', 'DeepSeek-V2-Chat', ['<｜end▁of▁sentence｜>', '<|EOT|>'], undefined],
    ['qwen2', 'Qwen2-7B', ['<|endoftext|>', '<|im_end|>'], undefined],
    ['llama', 'Codestral-22B', ['</s>'], undefined],
    ['llama', 'codellama-34b', [], undefined],
    // Nor does a name overrule them.
    ['llama', 'deepseek-coder', [...QWEN, ...QWEN_FILES], 'qwen-coder'],
    ['starcoder2', 'qwen mellum deepseek', [...STAR, '<filename>'], 'starcoder2'],
    ['llama', 'Mellum', STAR, 'starcoder2'],
    // A row without telling tokens is not told by their absence.
    ['llama', '', [...DEEPSEEK, ...QWEN, ...QWEN_FILES], 'qwen-coder'],
    // Part of the markers is none.
    ['llama', '', DEEPSEEK.slice(0, 2), undefined],
    ['qwen2', '', [...QWEN.slice(1), ...QWEN_FILES], undefined],
    ['llama', '', ['[PREFIX]'], undefined],
    ['llama', '', ['[SUFFIX]', '[MIDDLE]'], undefined],
    // The paper's and the keyboard's spellings are not DeepSeek's.
    ['deepseek2', '', ['<｜fim_begin｜>', '<｜fim_hole｜>', '<｜fim_end｜>'], undefined],
    ['deepseek2', '', ['<|fim▁begin|>', '<|fim▁hole|>', '<|fim▁end|>'], undefined],
    ['llama', '', ['<PRE>', '<SUF>', '<MID>'], undefined],
    ['', '', [], undefined],
  ];

  for (const [architecture, name, tokens, expected] of rows) {
    it(`${architecture || '–'} «${name}» ${tokens.join(' ') || 'no markers'} → ${expected ?? 'none'}`, () => {
      assert.equal(chooseFimFormat(facts({ architecture, name, tokens }))?.name, expected);
    });
  }

  it('has no form for several files where the vocabulary lacks a marker of it', () => {
    const found = (tokens: string[]) => chooseFimFormat(facts({ architecture: 'qwen2', tokens }))?.repository;
    assert.ok(found([...QWEN, ...QWEN_FILES]));
    assert.equal(found([...QWEN, '<|file_sep|>']), undefined);
    assert.equal(found(QWEN), undefined);
  });

  it('prefers the markers that the file itself names, where the vocabulary has two sets', () => {
    const tokens = [...STAR, ...QWEN];
    const star = { prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>' };
    const qwen = { prefix: '<|fim_prefix|>', suffix: '<|fim_suffix|>', middle: '<|fim_middle|>' };
    assert.equal(
      chooseFimFormat(facts({ architecture: 'llama', tokens, fimTokens: star }))?.name,
      'starcoder2',
    );
    assert.equal(
      chooseFimFormat(facts({ architecture: 'llama', tokens, fimTokens: qwen }))?.name,
      'qwen-coder',
    );
  });

  it('does not take tokens the file names for tokens of the vocabulary', () => {
    const fimTokens = { prefix: '<|fim_prefix|>', suffix: '<|fim_suffix|>', middle: '<|fim_middle|>' };
    assert.equal(chooseFimFormat(facts({ architecture: 'qwen2', tokens: [], fimTokens })), undefined);
  });
});

describe('probedTexts', () => {
  it('names every text the choice can turn on, each once', () => {
    const texts = probedTexts();
    assert.equal(new Set(texts).size, texts.length);
    const asked = [
      ...DEEPSEEK,
      ...QWEN,
      ...QWEN_FILES,
      ...GRANITE_ROLES,
      '<|file_separator|>',
      ...STAR,
      '<repo_name>',
      '<file_sep>',
      '<filename>',
      ...CODELLAMA,
      '[PREFIX]',
      '[SUFFIX]',
      ...SEED,
    ];
    for (const text of asked) assert.ok(texts.includes(text), text);
  });

  it('names the stops too', () => {
    for (const text of ['<｜end▁of▁sentence｜>', '<|EOT|>', '<|im_end|>', '<fim_pad>']) {
      assert.ok(probedTexts().includes(text), text);
    }
  });
});

function facts(given: {
  architecture: string;
  name?: string;
  tokens: readonly string[];
  fimTokens?: VocabularyFacts['fimTokens'];
}): VocabularyFacts {
  return {
    architecture: given.architecture,
    name: given.name ?? '',
    fimTokens: given.fimTokens ?? {},
    singleTokens: new Set(given.tokens),
  };
}
