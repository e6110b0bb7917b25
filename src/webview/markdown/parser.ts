import MarkdownIt from 'markdown-it';
import { LIMITS } from './limits.ts';
import { linkTarget } from './linkTarget.ts';

/**
 * Markdown to HTML, with no HTML let through and no link but to where {@link linkTarget} leads. What comes out is still sanitised:
 * two locks, of different make.
 */
export function markdownToHtml(markdown: string): string {
  return parser.render(markdown);
}

const parser = new MarkdownIt('default', { html: false, linkify: false, maxNesting: LIMITS.nesting });
parser.validateLink = (href) => linkTarget(href) !== undefined;
// A picture would be fetched: its words stand in for it.
parser.renderer.rules['image'] = (tokens, index) =>
  parser.utils.escapeHtml(`[${tokens[index]?.content || 'picture'}]`);
// The alignment of a column comes as a `style`, which the page's policy forbids.
for (const rule of ['th_open', 'td_open']) {
  parser.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    const align = /text-align:(\w+)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
    if (token !== undefined) token.attrs = align === undefined ? null : [['class', `align-${align}`]];
    return self.renderToken(tokens, index, options);
  };
}
