import { isInsideKey } from '../context/redaction/redactor.ts';
import type { Language } from '../languages/language.ts';
import { languageOf } from '../languages/languageOf.ts';
import type { HiddenSecrets } from './hiddenSecrets.ts';

/** Whole lines of a file that something is to be done with, and those around them. No line has its line end. */
export interface Passage {
  /** Relative to its workspace folder, with forward slashes. */
  readonly path: string;
  /** VS Code's own. */
  readonly languageId: string;
  readonly language: Language;
  readonly before: readonly string[];
  readonly lines: readonly string[];
  readonly after: readonly string[];
  /** The lines before begin inside a private key. */
  readonly insideKey: boolean;
}

export interface PassageFile {
  readonly path: string;
  readonly languageId: string;
  readonly lines: readonly string[];
}

/** More are never shown to a model. */
const AROUND_LINES = 150;
/** A key of 16,384 bits has 200 lines. */
const KEY_LINES = 220;

/** Lines `start` to before `end` of a file. */
export function passageOf({ path, languageId, lines }: PassageFile, start: number, end: number): Passage {
  const first = Math.max(0, start - AROUND_LINES);
  const above = lines.slice(Math.max(0, first - KEY_LINES), first).join('\n') + '\n';
  return {
    path,
    languageId,
    language: languageOf({ languageId, path }),
    before: lines.slice(first, start),
    lines: lines.slice(start, end),
    after: lines.slice(end, end + AROUND_LINES),
    insideKey: isInsideKey(above, above.length),
  };
}

/** As a prompt may have it. */
export function withoutSecrets(passage: Passage, secrets: HiddenSecrets): Passage {
  let { insideKey } = passage;
  const hide = (lines: readonly string[]): readonly string[] => {
    if (lines.length === 0) return lines;
    const hidden = secrets.hide(lines.join('\n') + '\n', insideKey);
    insideKey = hidden.insideKey;
    return hidden.text.slice(0, -1).split('\n');
  };
  const before = hide(passage.before);
  const lines = hide(passage.lines);
  return { ...passage, before, lines, after: hide(passage.after) };
}

/** Where lines of text begin and end without the blank ones around them; both ends the same where all are blank. */
export function withoutBlankEnds(lines: readonly string[]): { start: number; end: number } {
  const isText = (line: string): boolean => line.trim() !== '';
  const start = lines.findIndex(isText);
  return start < 0 ? { start: 0, end: 0 } : { start, end: lines.findLastIndex(isText) + 1 };
}
