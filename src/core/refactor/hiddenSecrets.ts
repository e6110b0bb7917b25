import { findSecrets } from '../context/redaction/findSecrets.ts';
import { REDACTED_MARK } from '../context/redaction/placeholder.ts';
import { replaceSpans } from '../context/redaction/replaceSpans.ts';
import { RefactorRefused } from './refactorRefused.ts';

/** Numbered, so that each comes back as what it was; closed by a letter, so that none begins another. */
const PLACEHOLDER = new RegExp(`${REDACTED_MARK}\\d+x`, 'g');

/** The secrets of one prompt: taken out of its texts, put back into its answer. */
export class HiddenSecrets {
  private readonly _secrets = new Map</* placeholder */ string, /* secret */ string>();
  private _last = 0;

  get isEmpty(): boolean {
    return this._secrets.size === 0;
  }

  /** @param insideKey the text begins inside a private key; the answer's: it ends inside one. */
  hide(text: string, insideKey = false): { text: string; insideKey: boolean } {
    const found = findSecrets(text, insideKey);
    const hidden = replaceSpans(text, found.spans, (secret) => this.placeholderOf(secret, text));
    return { text: hidden, insideKey: found.insideKey };
  }

  /** With every secret that is known in place. */
  restore(text: string): string {
    return text.replaceAll(PLACEHOLDER, (name) => this._secrets.get(name) ?? name);
  }

  /**
   * As {@link restore}, for an answer that has to hold all that `hidden` holds.
   * @throws {@link RefactorRefused} where it has lost one, or made one up.
   */
  restoreAll(text: string, hidden: string): string {
    const kept = new Set(namesIn(text));
    const restored = this.restore(text);
    const isLost = namesIn(hidden).some((name) => this._secrets.has(name) && !kept.has(name));
    if (isLost || count(restored) > count(this.restore(hidden))) {
      throw new RefactorRefused(
        'The code holds secrets, which the model does not see, and its answer did not leave them where they were. Nothing was changed.',
      );
    }
    return restored;
  }

  private placeholderOf(secret: string, text: string): string {
    for (const [name, known] of this._secrets) if (known === secret) return name;
    let name: string;
    // What looks like one may stand in the text itself.
    do name = `${REDACTED_MARK}${++this._last}x`;
    while (text.includes(name));
    this._secrets.set(name, secret);
    return name;
  }
}

function namesIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([name]) => name);
}

function count(text: string): number {
  return text.split(REDACTED_MARK).length;
}
