import { findSecrets } from './findSecrets.ts';
import type { Span } from './found.ts';
import { placeholder } from './placeholder.ts';
import { replaceSpans } from './replaceSpans.ts';

export interface Redacted {
  readonly text: string;
  /** The original ends inside a private key. */
  readonly insideKey: boolean;
}

/** Blocks of about 32 lines kept: some prompts of 128K tokens. */
const MAX_BLOCKS = 1_000;

/** A private key that a text begins in has its head in the characters before. */
const KEY_LOOKBACK_CHARS = 16_000;

/** Replaces secrets, and remembers the answer for whole blocks, so that a key costs only the text that changed. */
export class Redactor {
  private _recent = new Map</* state and text */ string, Redacted>();
  private _older = new Map<string, Redacted>();

  /**
   * A block of text that will come again as it is.
   * @param insideKey the text before it ends inside a private key.
   */
  block(text: string, insideKey: boolean): Redacted {
    const key = `${insideKey ? 1 : 0}${text}`;
    const known = this._recent.get(key) ?? this._older.get(key);
    if (known && this._recent.has(key)) return known;
    // Of the key's own characters: a slice of `text` would keep the whole document it was cut from in memory.
    const redacted = known ?? redactAll(key.slice(1), insideKey);
    this.remember(key, redacted);
    return redacted;
  }

  /** Texts that follow one another, as those around a cursor. A secret that reaches over several is found as a whole. */
  parts(texts: readonly string[], insideKey: boolean): string[] {
    const { spans } = findSecrets(texts.join(''), insideKey);
    let end = 0;
    return texts.map((text) => {
      const start = end;
      end += text.length;
      return replaceSpans(text, clipped(spans, start, end), lengthOnly);
    });
  }

  private remember(key: string, redacted: Redacted): void {
    if (this._recent.size >= MAX_BLOCKS) {
      this._older = this._recent;
      this._recent = new Map();
    }
    this._recent.set(key, redacted);
  }
}

/** Whether the text at `offset` stands inside a private key that began before. */
export function isInsideKey(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - KEY_LOOKBACK_CHARS), offset);
  const head = before.lastIndexOf('-----BEGIN ');
  return head >= 0 && findSecrets(before.slice(head), false).insideKey;
}

/** A whole text on its own. */
export function redactAll(text: string, insideKey = false): Redacted {
  const found = findSecrets(text, insideKey);
  return { text: replaceSpans(text, found.spans, lengthOnly), insideKey: found.insideKey };
}

function lengthOnly(secret: string): string {
  return placeholder(secret.length);
}

function clipped(spans: readonly Span[], from: number, to: number): Span[] {
  return spans.flatMap(({ start, end }) => {
    const clip = { start: Math.max(start, from) - from, end: Math.min(end, to) - from };
    return clip.start < clip.end ? [clip] : [];
  });
}
