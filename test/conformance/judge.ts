import type { Placement } from '../../src/core/completion/placement.ts';
import { shape } from '../../src/core/completion/shaping/shape.ts';
import { Suggestion } from '../../src/core/completion/suggestion.ts';
import { SuggestionMemory } from '../../src/core/completion/suggestionMemory.ts';
import { typedBetween } from '../../src/core/completion/typedBetween.ts';
import { typeThrough } from '../../src/core/completion/typeThrough.ts';
import { restOfLine, type View } from '../../src/core/completion/view.ts';
import { viewOfText } from '../support/viewOfText.ts';
import type { Case } from './cases.ts';

export interface Verdict {
  readonly id: string;
  readonly passed: boolean;
  /** What was inserted, null for nothing; for an acceptance, whether it was seen. */
  readonly got: string | boolean | null;
  readonly expected: string | boolean | null;
  /** The filter that dropped the model's text. */
  readonly filter?: string;
}

/** Runs a case through the extension's own shaping or its suggestion memory, and compares the resulting documents. */
export function judge(one: Case): Verdict {
  const { id, expected } = one;
  if (one.expectAccepted !== undefined) {
    const got = isAccepted(one);
    return { id, got, expected: one.expectAccepted, passed: got === one.expectAccepted };
  }
  const { placement, filter } = one.modelOutput === null ? remembered(one) : shaped(one, one.modelOutput);
  const passed = placement ? wantedDocuments(one).includes(documentWith(one, placement)) : expected === null;
  return { id, got: placement?.text ?? null, expected, passed, ...(filter === undefined ? {} : { filter }) };
}

interface Outcome {
  readonly placement: Placement | undefined;
  readonly filter?: string;
}

function shaped(one: Case, written: string): Outcome {
  const result = shape({ view: viewOf(one), written, complete: true, options: { multiline: 'auto' } });
  return result.kind === 'edit'
    ? { placement: result.edit }
    : { placement: undefined, filter: result.filter };
}

function remembered(one: Case): Outcome {
  const memory = new SuggestionMemory();
  for (const { prefix, suffix, completion } of one.cached ?? []) {
    memory.add(new Suggestion(viewOf({ ...one, prefix, suffix }), completion));
  }
  for (const completion of one.shown?.completions ?? []) {
    memory.add(new Suggestion(viewOf({ ...one, ...one.shown }), completion));
  }
  return { placement: memory.find(viewOf(one)) };
}

function isAccepted(one: Case): boolean {
  if (!one.shown) return false;
  const typed = typedBetween(viewOf({ ...one, ...one.shown }), viewOf(one));
  return typed !== undefined && one.shown.completions.some((text) => typeThrough(text, typed.text) === '');
}

function viewOf({ prefix, suffix, filename, language }: Case): View {
  const before = toLf(prefix);
  const path = filename ?? `file.${language}`;
  return viewOfText(before + toLf(suffix), before.length, { path, languageId: language });
}

/** The documents that count as right: with the rest of the line gone over, or with what it holds already left away. */
function wantedDocuments(one: Case): string[] {
  const { prefix, suffix, replaceSuffix, replaceSuffixLength } = one;
  if (one.expected === null) return [];
  const over = replaceSuffix?.length ?? replaceSuffixLength ?? 0;
  const rest = restOfLine(viewOf(one)).trimEnd();
  const documents = [prefix + one.expected + suffix.slice(over)];
  for (let length = 1; length <= rest.length; length++) {
    if (!one.expected.endsWith(rest.slice(0, length))) continue;
    documents.push(prefix + one.expected.slice(0, -length) + suffix);
  }
  return documents.map(toLf);
}

function documentWith({ prefix, suffix }: Case, { text, replaceChars }: Placement): string {
  return toLf(prefix) + text + toLf(suffix).slice(replaceChars);
}

function toLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
