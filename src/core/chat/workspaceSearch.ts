import type { Candidate } from '../context/contextSource.ts';
import { endLineOf } from '../context/excerptLines.ts';
import { rank } from '../context/rank.ts';
import { redactAll } from '../context/redaction/redactor.ts';
import { definitionExcerpt } from '../context/sources/definitionExcerpt.ts';
import type { CodeIndex } from '../ports/codeIndex.ts';
import type { Found, Question } from './conversation.ts';
import { hasWorkspaceMark, withoutWorkspaceMark } from './workspaceMark.ts';

/** Characters of excerpts: a question that names something, and one that asks about the whole workspace. */
const NAMED_CHARS = 3_000;
const WORKSPACE_CHARS = 10_000;
const MOST_NAMES = 12;
const MOST_EXCERPTS = 8;

/** What an identifier looks like in the middle of a sentence: `quoted`, called(), camelCase, snake_case, PascalCase. */
const IN_CODE =
  /`([\p{L}_$][\p{L}\p{N}_$]+)(?:\(\))?`|\b([\p{L}_$][\p{L}\p{N}_$]+)\(|\b(\p{L}[\p{L}\p{N}$]*(?:_[\p{L}\p{N}$]+|\p{Ll}\p{Lu})[\p{L}\p{N}_$]*)/gu;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;

/**
 * Places of the workspace that a question is about: definitions of what it names, and with `@workspace` also what is like its
 * words. Without it little is looked up, because the model has to read it all before its first word.
 * @throws {@link Cancelled} when `signal` aborts.
 */
export async function searchWorkspace(
  index: CodeIndex,
  question: Question,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const isWide = hasWorkspaceMark(question.text);
  const text = withoutWorkspaceMark(question.text);
  const uri = question.attached[0]?.uri ?? '';
  const names = namesIn(text, isWide);
  const [definitions, similar] = await Promise.all([
    names.length === 0 ? [] : index.definitions({ names, uri: '', limit: MOST_EXCERPTS }, signal),
    isWide ? index.similar({ text, uri, limit: MOST_EXCERPTS }, signal) : [],
  ]);
  const { ranked } = rank([
    { source: DEFINED, candidates: definitions.map(definitionExcerpt) },
    { source: SIMILAR, candidates: similar.map((each) => ({ ...each, isVerbatim: true })) },
  ]);
  const excerpts = ranked.map(({ excerpt, core }) => core ?? excerpt);
  return best(excerpts, question, isWide ? WORKSPACE_CHARS : NAMED_CHARS);
}

const DEFINED = { name: 'definitions', weight: 2, stability: 0 };
const SIMILAR = { name: 'similar code', weight: 1, stability: 0 };

/** Names in a question, each once; with `all` every word may be one. */
export function namesIn(text: string, all: boolean): string[] {
  const code = [...text.matchAll(IN_CODE)].flatMap(
    ([, quoted, called, cased]) => quoted ?? called ?? cased ?? [],
  );
  const words = all ? [...text.matchAll(WORD)].map(([word]) => word) : [];
  return [...new Set([...code, ...words])].slice(0, MOST_NAMES);
}

/** What fits, without what is attached anyway. */
function best(excerpts: readonly Candidate[], { attached }: Question, maxChars: number): Found[] {
  const found: Found[] = [];
  let left = maxChars;
  for (const excerpt of excerpts) {
    const isShown = attached.some(
      (each) =>
        each.uri === excerpt.uri &&
        each.firstLine <= excerpt.firstLine &&
        endLineOf(each) >= endLineOf(excerpt),
    );
    if (isShown || excerpt.text.length > left || found.length === MOST_EXCERPTS) continue;
    left -= excerpt.text.length;
    found.push({ path: excerpt.path, firstLine: excerpt.firstLine, text: redactAll(excerpt.text).text });
  }
  return found;
}
