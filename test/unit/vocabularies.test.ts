import assert from 'node:assert/strict';

import { getLlama, LlamaLogLevel, type Llama, type LlamaModel } from 'node-llama-cpp';

import {
  chooseFimFormat,
  probedTexts,
  type VocabularyFacts,
} from '../../src/core/completion/chooseFimFormat.ts';
import { renderFim } from '../../src/core/completion/renderFim.ts';
import { realVocabularies, type VocabularyName } from './support/vocabularies.ts';

/**
 * DeepSeek-Coder-V2-Lite's ids, as llama.cpp logs them when it loads the weights. No V2 vocabulary is at hand, so the
 * tests below check what they can against V1's and against that of DeepSeek LLM, the line V2 comes from.
 */
const V2_LITE = {
  '<｜begin▁of▁sentence｜>': 100000,
  '<｜end▁of▁sentence｜>': 100001,
  '<｜fim▁hole｜>': 100002,
  '<｜fim▁begin｜>': 100003,
  '<｜fim▁end｜>': 100004,
};

describe('Real vocabularies', function () {
  this.timeout(120_000);

  let llama: Llama;
  const models = new Map<VocabularyName, LlamaModel>();

  before(async () => {
    const paths = await realVocabularies();
    // The library guesses at memory by looking for weights, and llama.cpp complains that there are none.
    llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      maxThreads: 1,
      logLevel: LlamaLogLevel.disabled,
    });
    for (const name of ['deepseek-coder', 'deepseek-llm', 'qwen2', 'starcoder', 'refact'] as const) {
      models.set(name, await llama.loadModel({ modelPath: paths[name], vocabOnly: true }));
    }
  });

  after(async () => {
    for (const model of models.values()) await model.dispose();
    await llama.dispose();
  });

  const rows: [VocabularyName, architecture: string, format: string | undefined][] = [
    ['deepseek-coder', 'llama', 'deepseek-coder'],
    ['starcoder', 'starcoder2', 'starcoder2'],
    ['refact', 'refact', 'starcoder'],
    // Qwen2 came before its markers, and DeepSeek LLM never had any.
    ['qwen2', 'qwen2', undefined],
    ['deepseek-llm', 'llama', undefined],
  ];

  for (const [name, architecture, format] of rows) {
    it(`${name} (${architecture}) → ${format ?? 'none'}`, () => {
      const facts = factsOf(model(name));
      assert.equal(facts.architecture, architecture);
      assert.equal(chooseFimFormat(facts)?.name, format);
    });

    it(`${name}: the choice does not need the model's name`, () => {
      assert.equal(chooseFimFormat({ ...factsOf(model(name)), name: '' })?.name, format);
    });
  }

  for (const name of ['deepseek-coder', 'starcoder', 'refact'] as const) {
    it(`${name}: every marker is one token, spelled the same in the vocabulary`, () => {
      const loaded = model(name);
      for (const marker of markers(loaded)) {
        const tokens = loaded.tokenize(marker, true);
        assert.equal(tokens.length, 1, marker);
        assert.equal(tokenText(loaded, tokens[0] ?? -1), marker);
      }
    });

    it(`${name}: the markers are those llama.cpp finds by itself`, () => {
      const loaded = model(name);
      const { prefix, suffix, middle } = factsOf(loaded).fimTokens;
      assert.deepEqual(markers(loaded), [prefix, suffix, middle]);
    });

    it(`${name}: text that spells a marker is several tokens, none of them a marker`, () => {
      const loaded = model(name);
      const forbidden = new Set(markers(loaded).flatMap((marker) => loaded.tokenize(marker, true)));
      for (const marker of markers(loaded)) {
        for (const text of [marker, `a${marker}b`, `${marker}${marker}`, `// ${marker}\n`]) {
          const tokens = loaded.tokenize(text, false);
          assert.ok(tokens.length > 1, text);
          assert.ok(!tokens.some((token) => forbidden.has(token)), text);
          assert.equal(loaded.detokenize(tokens, false), text);
        }
      }
    });
  }

  it('StarCoder2: the file separator is one token and no end of generation, so it has to be a stop', () => {
    const starcoder = model('starcoder');
    const [token] = starcoder.tokenize('<file_sep>', true);
    assert.ok(token !== undefined && !starcoder.isEogToken(token));
    assert.ok(chooseFimFormat(factsOf(starcoder))?.stop.includes('<file_sep>'));
  });

  it('llama.cpp makes one token of text that spells a user-defined token, special tokens off or not', () => {
    // Our markers escape this only because llama.cpp retypes the ones it knows. A caller that must keep such a text
    // apart has to split it first.
    const deepseek = model('deepseek-coder');
    assert.deepEqual(deepseek.tokenize('<|EOT|>', false), deepseek.tokenize('<|EOT|>', true));
    assert.equal(deepseek.tokenize('<|EOT|>', false).length, 1);
  });

  it('DeepSeek-Coder V1: hole, begin and end follow BOS and EOS', () => {
    const first = 32013;
    for (const [offset, text] of Object.keys(V2_LITE).entries()) {
      assert.deepEqual(model('deepseek-coder').tokenize(text, true), [first + offset], text);
    }
  });

  it('DeepSeek-Coder V2: the same five texts in the same order, from 100000 on', () => {
    assert.deepEqual(Object.values(V2_LITE), [100000, 100001, 100002, 100003, 100004]);
    const llm = model('deepseek-llm');
    for (const text of ['<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>'] as const) {
      assert.deepEqual(llm.tokenize(text, true), [V2_LITE[text]], text);
    }
  });

  it('DeepSeek LLM has other tokens where V2 has its markers, so ids are never to be assumed', () => {
    const llm = model('deepseek-llm');
    for (const text of ['<｜fim▁hole｜>', '<｜fim▁begin｜>', '<｜fim▁end｜>'] as const) {
      assert.ok(llm.tokenize(text, true).length > 1, text);
      assert.match(tokenText(llm, V2_LITE[text]), /^.$/u);
    }
  });

  function model(name: VocabularyName): LlamaModel {
    const found = models.get(name);
    assert.ok(found !== undefined, name);
    return found;
  }
});

function factsOf(model: LlamaModel): VocabularyFacts {
  const { prefixString, suffixString, middleString } = model.tokens.infill;
  return {
    architecture: model.fileInfo.metadata.general.architecture,
    name: model.fileInfo.metadata.general.name ?? '',
    fimTokens: {
      ...(prefixString === null ? {} : { prefix: prefixString }),
      ...(suffixString === null ? {} : { suffix: suffixString }),
      ...(middleString === null ? {} : { middle: middleString }),
    },
    singleTokens: new Set(probedTexts().filter((text) => model.tokenize(text, true).length === 1)),
  };
}

function markers(model: LlamaModel): string[] {
  const format = chooseFimFormat(factsOf(model));
  assert.ok(format !== undefined);
  return renderFim(format, { prefix: '', suffix: '', path: '' }).flatMap((part) =>
    'special' in part ? [part.special] : [],
  );
}

function tokenText(model: LlamaModel, token: number): string {
  const text = model.fileInfo.metadata.tokenizer.ggml.tokens[token];
  assert.ok(text !== undefined, String(token));
  return text;
}
