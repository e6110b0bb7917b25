import type { Found, Span } from './found.ts';

/** RFC 7468 for PEM, RFC 4880 for OpenPGP's "PRIVATE KEY BLOCK". */
const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/;

/** A key of 16,384 bits has about 12,700 characters. */
const LONGEST_KEY_CHARS = 16_000;

/**
 * Base64, as it stands in a file or, with escapes, quotes and plus signs, in a string. Nothing behind the repetitions has
 * to match, so a hostile text makes it try nothing twice.
 */
const KEY_TEXT =
  /(?:[\s"'`+,]|\\[nr])*(?:[A-Za-z0-9+/=]{16,}(?:[\s"'`,]|\\[nr])+)*(?:[A-Za-z0-9+/=]+(?=\s*$))?/y;

/** Lines of a key have 64 characters, or 70; words of code hardly so many. */
const KEY_WORD = /[A-Za-z0-9+/=]{40}/;

/**
 * What stands between the head and the foot of private keys. A text may begin in one (`insideKey`), and may end in one
 * whose foot is not in it.
 */
export function findKeyBlocks(text: string, insideKey: boolean): Found {
  const spans: Span[] = [];
  let isInside = false;
  const cover = (start: number, isSure: boolean): void => {
    const end = keyEnd(text, start, isSure);
    if (end > start) spans.push({ start, end });
    isInside = end === text.length;
  };
  if (insideKey || beginsInside(text)) cover(0, true);
  for (const { 0: head, index } of text.matchAll(BEGIN)) {
    if (index >= (spans.at(-1)?.end ?? 0)) cover(index + head.length, false);
  }
  return { spans, insideKey: isInside };
}

/** An excerpt may have been cut out of the middle: key text up to a foot without a head. */
function beginsInside(text: string): boolean {
  const foot = text.slice(0, LONGEST_KEY_CHARS).search(END);
  if (foot < 0) return false;
  KEY_TEXT.lastIndex = 0;
  const [key = ''] = KEY_TEXT.exec(text) ?? [];
  return KEY_WORD.test(key) && text.slice(key.length, foot).trim().length < 16;
}

/**
 * Where the key that goes on at `start` ends; `start` itself where no key stands there, as in code that looks for heads.
 * @param isSure a key has begun: of what is left of it, all may be one short line.
 */
function keyEnd(text: string, start: number, isSure: boolean): number {
  const reach = text.slice(start, start + LONGEST_KEY_CHARS);
  const footAt = reach.search(END);
  if (footAt >= 0) return isSure || KEY_WORD.test(reach.slice(0, footAt)) ? start + footAt : start;
  if (reach.trim() === '') return start + reach.length;
  KEY_TEXT.lastIndex = start;
  const [key = ''] = KEY_TEXT.exec(text) ?? [];
  return KEY_WORD.test(key) ? start + key.length : start;
}
