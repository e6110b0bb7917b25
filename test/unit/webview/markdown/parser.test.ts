import assert from 'node:assert/strict';
import { markdownToHtml } from '../../../../src/webview/markdown/parser.ts';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from '../../../../src/webview/markdown/allowed.ts';
import { HOSTILE } from '../../../support/chat/hostileMarkdown.ts';

describe('Markdown of an answer', () => {
  const rows: [markdown: string, html: string][] = [
    ['**a** `b`', '<p><strong>a</strong> <code>b</code></p>\n'],
    ['<b>a</b>', '<p>&lt;b&gt;a&lt;/b&gt;</p>\n'],
    ['[a](https://b.test)', '<p><a href="https://b.test">a</a></p>\n'],
    ['[a](src/b.ts#L2)', '<p><a href="src/b.ts#L2">a</a></p>\n'],
    ['[a](command:b)', '<p>[a](command:b)</p>\n'],
    ['https://b.test', '<p>https://b.test</p>\n'],
    ['![a](https://b.test/c.png)', '<p>[a]</p>\n'],
    ['![<i>](https://b.test/c.png)', '<p>[&lt;i&gt;]</p>\n'],
    ['![](https://b.test/c.png)', '<p>[picture]</p>\n'],
  ];
  for (const [markdown, html] of rows) {
    it(markdown, () => assert.equal(markdownToHtml(markdown), html));
  }

  it('aligns columns by class', () => {
    const html = markdownToHtml('|a|b|\n|-:|-|\n|1|2|');
    assert.match(html, /<td class="align-right">1<\/td>\s*<td>2<\/td>/);
    assert.doesNotMatch(html, /style/);
  });

  it('has no tag and no attribute that is not allowed, before it is sanitised', () => {
    const attributes = [...ALLOWED_ATTRIBUTES, 'title'];
    for (const payload of HOSTILE) {
      for (const [, tag = '', rest = ''] of markdownToHtml(payload).matchAll(
        /<\/?([a-z][\w-]*)((?:\s[^>]*)?)>/gi,
      )) {
        assert.ok(ALLOWED_TAGS.includes(tag), `${tag} in ${payload}`);
        for (const [, name = ''] of rest.matchAll(/\s([\w-]+)="[^"]*"/g)) {
          assert.ok(attributes.includes(name), `${name} in ${payload}`);
        }
      }
    }
  });

  it('nests only so deep', () => {
    const html = markdownToHtml(`${'> '.repeat(1000)}x`);
    assert.ok((html.match(/<blockquote>/g) ?? []).length < 30);
  });
});
