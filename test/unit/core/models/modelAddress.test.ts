import assert from 'node:assert/strict';
import { formatModelAddress, parseModelAddress } from '../../../../src/core/models/modelAddress.ts';
import { SUGGESTED_MODELS } from '../../../../src/core/models/suggestedModels.ts';

describe('parseModelAddress', () => {
  // What is typed, and what it is read as: in one line, as it is written back.
  const accepted: readonly [text: string, address: string][] = [
    ['hf:user/repo:Q4_K_M', 'hf:user/repo:Q4_K_M'],
    ['  hf:user/repo:Q4_K_M ', 'hf:user/repo:Q4_K_M'],
    ['HF:user/repo', 'hf:user/repo'],
    ['hf:a.b-c/re_po.1-GGUF:iq2_xs', 'hf:a.b-c/re_po.1-GGUF:iq2_xs'],
    ['hf://user/repo:Q8_0', 'hf:user/repo:Q8_0'],
    ['hf:user/repo/file.gguf', 'hf:user/repo/file.gguf'],
    ['hf:user/repo/sub folder/file.gguf', 'hf:user/repo/sub folder/file.gguf'],
    ['hf:user/repo/file.gguf#branch', 'hf:user/repo/file.gguf#branch'],
    ['hf:user/repo/file.gguf#main', 'hf:user/repo/file.gguf'],
    ['huggingface.co/user/repo', 'hf:user/repo'],
    ['https://huggingface.co/user/repo', 'hf:user/repo'],
    ['https://huggingface.co/user/repo/tree/main', 'hf:user/repo'],
    ['https://huggingface.co/user/repo/blob/main/a.gguf', 'hf:user/repo/a.gguf'],
    ['https://huggingface.co/user/repo/resolve/v2/x/a.gguf?download=true', 'hf:user/repo/x/a.gguf#v2'],
    ['https://example.org/a/b.gguf', 'https://example.org/a/b.gguf'],
    ['https://example.org/a/B.GGUF?key=1', 'https://example.org/a/B.GGUF?key=1'],
    ['http://127.0.0.1:8080/b.gguf', 'http://127.0.0.1:8080/b.gguf'],
  ];
  for (const [text, address] of accepted) {
    it(`${text} → ${address}`, () => {
      const parsed = parseModelAddress(text);
      assert.ok(!('mistake' in parsed), JSON.stringify(parsed));
      assert.equal(formatModelAddress(parsed), address);
      assert.deepEqual(parseModelAddress(address), parsed);
    });
  }

  const refused: readonly [text: string, mistake: string][] = [
    ['', 'empty'],
    ['  ', 'empty'],
    ['model', 'unknown'],
    ['/home/me/model.gguf', 'unknown'],
    ['C:\\models\\model.gguf', 'unknown'],
    ['ftp://example.org/a.gguf', 'unknown'],
    ['file:///etc/a.gguf', 'unknown'],
    ['http://example.org/a.gguf', 'http'],
    ['https://example.org/', 'not-gguf'],
    ['https://example.org/a.safetensors', 'not-gguf'],
    ['https://example.org/page?file=a.gguf', 'not-gguf'],
    ['hf:', 'hf-incomplete'],
    ['hf:user', 'hf-incomplete'],
    ['hf:user/', 'hf-incomplete'],
    ['hf:../repo', 'hf-incomplete'],
    ['hf:user/..', 'hf-incomplete'],
    ['hf:user/repo/../../a.gguf', 'hf-incomplete'],
    ['hf:user/repo//a.gguf', 'hf-incomplete'],
    ['hf:user/repo:Q4/a.gguf', 'hf-incomplete'],
    ['hf:user/repo:Q4 K', 'hf-incomplete'],
    ['hf:user/repo/readme.md', 'not-gguf'],
    ['https://huggingface.co/', 'hf-incomplete'],
    ['https://huggingface.co/%zz/repo', 'hf-incomplete'],
  ];
  for (const [text, mistake] of refused) {
    it(`${JSON.stringify(text)}: ${mistake}`, () => assert.deepEqual(parseModelAddress(text), { mistake }));
  }

  it('reads the address of every suggestion', () => {
    for (const { address } of SUGGESTED_MODELS) {
      assert.equal(Reflect.get(parseModelAddress(address), 'kind'), 'hf-quant');
    }
  });
});
