import assert from 'node:assert/strict';
import { chatPage } from '../../../../src/features/chat/page.ts';

const PAGE = { scriptUri: 'https://a.test/chat.js', styleUri: 'https://a.test/chat.css', language: 'en' };

describe('the page of the chat', () => {
  it('allows its script and its style sheet, and nothing else', () => {
    const html = chatPage(PAGE, 'abc');
    const policy = /content="([^"]*'none'[^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; base-uri 'none'; form-action 'none'",
    );
    assert.equal(html.match(/nonce="abc"/g)?.length, 2);
    assert.doesNotMatch(html, /unsafe|\sstyle=|<style|\son\w+=/);
  });

  it('has a nonce of its own each time', () => {
    const nonces = Array.from({ length: 50 }, () => /nonce="(\w+)"/.exec(chatPage(PAGE))?.[1] ?? '');
    assert.equal(new Set(nonces).size, 50);
    assert.ok(nonces.every((nonce) => /^[\da-f]{32}$/.test(nonce)));
  });

  it('lets no address out of its attribute', () => {
    const html = chatPage({ ...PAGE, scriptUri: 'https://a.test/"><script>b</script>' }, 'abc');
    assert.equal(html.match(/<script/g)?.length, 1);
  });
});
