import { LIMITS } from './limits.ts';
import { markdownToHtml } from './parser.ts';
import { purifiedMarkdown } from './purify.ts';

/** Markdown as sanitised elements; `undefined` where it is too long or would become too many of them. */
export function drawable(markdown: string): DocumentFragment | undefined {
  if (markdown.length > LIMITS.blockChars || cellsAtMost(markdown) > LIMITS.elements) return undefined;
  const html = markdownToHtml(markdown);
  if (countOf(html, '<') > 2 * LIMITS.elements) return undefined;
  return purifiedMarkdown(html);
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++;
  return count;
}

/** Every row of a table gets as many cells as its head has, so that a few thousand characters can ask for a million. */
function cellsAtMost(markdown: string): number {
  const lines = markdown.split('\n');
  return lines.length * Math.max(...lines.map((line) => countOf(line, '|')));
}
