import { NO_LANGUAGE_SERVER } from '../../../src/core/ports/languageServer.ts';
import type { View } from '../../../src/core/completion/view.ts';
import { contextSources } from '../../../src/core/context/contextSources.ts';
import type { ContextSource } from '../../../src/core/context/contextSource.ts';
import type { RankedList } from '../../../src/core/context/rank.ts';
import { type Edit, RecentEdits } from '../../../src/core/context/sources/recentEdits.ts';
import { type Visit, VisitedEditors } from '../../../src/core/context/sources/visitedEditors.ts';
import type { SourceText } from '../../../src/core/ports/sourceTexts.ts';
import { uriOf } from '../../support/scriptedIndex.ts';
import { viewOfText } from '../../support/viewOfText.ts';
import { type CrossLine, shuffled } from './crossLines.ts';
import type { Repository } from './repository.ts';

const NEVER = new AbortController().signal;
const NEIGHBOURS = 3;

/** What a user did before coming to a line. `none`: opened the file. */
export type Trace = 'none' | 'renamed' | 'written' | 'elsewhere';

/** What a whole source answered. */
type Answered = RankedList & { readonly source: ContextSource };

/** A line to be completed, and all that the sources know of it. */
export interface Place {
  readonly id: string;
  readonly trace: Trace;
  readonly repository: Repository['package'];
  readonly view: View;
  readonly truth: string;
  readonly answers: readonly Answered[];
  /** Three files that it imports, or fewer where it does not import so many. */
  readonly neighbours: readonly SourceText[];
}

export interface Before {
  readonly trace: Trace;
  readonly edits: readonly Edit[];
  readonly visits: readonly Visit[];
  /** What the true line says then. */
  readonly truth: (line: string) => string;
}

export const NOTHING_BEFORE: Before = { trace: 'none', edits: [], visits: [], truth: (line) => line };

/** Asks every source about a line, without a deadline: how fast they are on this machine is not what is asked. */
export async function gather(
  repository: Repository,
  line: CrossLine,
  before: Before,
  random: () => number,
): Promise<Place> {
  const { index, texts } = repository;
  const { path, offset } = line;
  const text = texts.files.get(path) ?? '';
  const { language } = repository.package;
  const whole = viewOfText(text, offset, { path, languageId: language });
  const view = { ...whole, suffix: whole.suffix.slice(line.truth.length) };

  const edits = new RecentEdits(texts);
  const visits = new VisitedEditors(texts);
  for (const each of before.visits) visits.saw(each);
  for (const each of before.edits) edits.edited(each);
  const answers: Answered[] = [];
  for (const source of contextSources({ index, server: NO_LANGUAGE_SERVER, texts, edits, visits })) {
    answers.push({ source, candidates: await source.find(view, NEVER) });
  }

  const { imports } = await index.neighbours(uriOf(path), NEVER);
  const chosen = shuffled(imports, random).slice(0, NEIGHBOURS);
  const read = await Promise.all(chosen.map((uri) => texts.read(uri)));
  return {
    id: `${repository.package.name}/${path}:${offset}:${before.trace}`,
    trace: before.trace,
    repository: repository.package,
    view,
    truth: before.truth(line.truth),
    answers,
    neighbours: read.filter((file) => file !== undefined),
  };
}
