import DOMPurify from 'dompurify';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from './allowed.ts';

/** The answer's HTML as elements of no document: nothing in it has been run or fetched. */
export function purifiedMarkdown(html: string): DocumentFragment {
  return purified(html, ALLOWED_TAGS, ALLOWED_ATTRIBUTES);
}

/** What the highlighter made of code: coloured spans, and no more. */
export function purifiedCode(html: string): DocumentFragment {
  return purified(html, ['span'], ['class']);
}

function purified(html: string, tags: readonly string[], attributes: readonly string[]): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: [...tags],
    ALLOWED_ATTR: [...attributes],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
