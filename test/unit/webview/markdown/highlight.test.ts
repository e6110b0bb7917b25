import assert from 'node:assert/strict';
import { highlighted } from '../../../../src/webview/markdown/highlight.ts';
import { LIMITS } from '../../../../src/webview/markdown/limits.ts';
import { HOSTILE } from '../../../support/chat/hostileMarkdown.ts';

describe('coloured code', () => {
  it('has spans, for names and aliases of languages', () => {
    for (const language of ['typescript', 'ts', 'TS', 'py', 'c++', 'html']) {
      assert.match(highlighted('1 "a"', language) ?? '', /^(?:<span class="hljs-|1 )/, language);
    }
  });

  it('is not made of languages it does not know, nor of too much code', () => {
    for (const language of ['', 'cobol', '__proto__', 'constructor', '"><img>']) {
      assert.equal(highlighted('a', language), undefined);
    }
    assert.equal(highlighted('a'.repeat(LIMITS.highlightedChars + 1), 'js'), undefined);
  });

  it('has no element but spans', () => {
    for (const language of ['xml', 'js', 'markdown', 'php', 'bash']) {
      for (const payload of HOSTILE) {
        const html = highlighted(payload, language) ?? '';
        assert.deepEqual(html.match(/<(?!\/?span\b)/g), null, `${language}: ${payload}`);
      }
    }
  });
});
