import type { Found } from './found.ts';
import { findKeyBlocks } from './privateKeys.ts';
import { SECRET_FORMATS } from './secretFormats.ts';

/**
 * The secrets of a text, without the part of each that may be read (`ghp_`, a key's header).
 * @param insideKey the text begins inside a private key that began before it.
 */
export function findSecrets(text: string, insideKey: boolean): Found {
  const keys = findKeyBlocks(text, insideKey);
  const spans = [...keys.spans];
  for (const { pattern, isSecret } of SECRET_FORMATS) {
    for (const match of text.matchAll(pattern)) {
      const [, before = '', secret = ''] = match;
      if (isSecret && !isSecret(secret, before)) continue;
      const start = match.index + before.length;
      const span = { start, end: start + secret.length };
      // What an earlier format took says better what kind of secret it is.
      if (!spans.some((other) => other.start < span.end && span.start < other.end)) spans.push(span);
    }
  }
  return { spans: spans.sort((a, b) => a.start - b.start), insideKey: keys.insideKey };
}
