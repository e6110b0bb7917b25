import type { Span } from './found.ts';

/** The text with something else in the place of each secret. */
export function replaceSpans(
  text: string,
  spans: readonly Span[],
  replacement: (secret: string) => string,
): string {
  let result = '';
  let from = 0;
  for (const { start, end } of spans) {
    // Of a private key the line ends around it stay: what stands below it keeps its line.
    const [, before = '', secret = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text.slice(start, end)) ?? [];
    result += text.slice(from, start) + before + (secret && replacement(secret)) + after;
    from = end;
  }
  return from === 0 ? text : result + text.slice(from);
}
