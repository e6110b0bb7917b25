import type { Log } from '../../base/log.ts';
import { LATE, within } from '../../base/within.ts';
import type { View } from '../completion/view.ts';
import { isSecretFile } from '../files/secretFiles.ts';
import type { Clock } from '../ports/clock.ts';
import type { SourceTexts } from '../ports/sourceTexts.ts';
import type { Candidate, ContextSource } from './contextSource.ts';
import { pack } from './pack.ts';
import { rank, type Ranked } from './rank.ts';
import { Redactor } from './redaction/redactor.ts';
import { excerptReport, type LeftOutReason, type RefreshReport } from './refreshReport.ts';
import type { RelatedFiles, RelatedRoom } from './relatedFiles.ts';
import { NO_RELATED, type RelatedPart } from './relatedPart.ts';
import { SourceInTime } from './sourceInTime.ts';

/** A pause lasts longer, but what it is used for next, evaluating the prompt, needs the time too. */
const DEADLINE_MS = 100;

export interface RelatedContextOptions {
  readonly sources: readonly ContextSource[];
  readonly texts: SourceTexts;
  /** The workspace's name. */
  readonly repository: () => string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What prompts show of other files: gathered, ranked and packed in pauses, frozen between them. Follow a refresh through
 * {@link refresh} from top to bottom.
 */
export class RelatedContext implements RelatedFiles {
  private readonly _sources: readonly SourceInTime[];
  private readonly _texts: SourceTexts;
  private readonly _repository: () => string;
  private readonly _redactor = new Redactor();
  private _shown: readonly Ranked[] = [];
  /** The file of the last refresh. */
  private _uri: string | undefined;
  private _part = NO_RELATED;
  private _report: RefreshReport | undefined;

  constructor({ sources, texts, repository, clock, log }: RelatedContextOptions) {
    this._sources = sources.map((source) => new SourceInTime(source, clock, log));
    this._texts = texts;
    this._repository = repository;
  }

  get part(): RelatedPart {
    return this._part;
  }

  /** Of the newest refresh that was not given up. */
  get report(): RefreshReport | undefined {
    return this._report;
  }

  async refresh(
    place: View,
    { maxChars, evaluableChars, fileChars }: RelatedRoom,
    signal: AbortSignal,
  ): Promise<void> {
    if (maxChars <= 0 || signal.aborted) return;
    const [answers, still] = await Promise.all([
      Promise.all(
        this._sources
          .filter(({ leastRoomChars }) => maxChars >= leastRoomChars)
          .map((source) => source.ask(place, DEADLINE_MS, signal)),
      ),
      this.stillThere(place, signal),
    ]);
    // The user types again: nothing may change now.
    if (signal.aborted) return;

    const { ranked, displaced } = rank(answers);
    const refused = ranked.flatMap((each) => leftOutFor(reasonAgainst(each.excerpt, place), each));
    const allowed = ranked.filter(({ excerpt }) => reasonAgainst(excerpt, place) === undefined);
    const before = this._shown;
    const isSameFile = place.uri === this._uri;
    // In another file, the file is to be evaluated anyway.
    const newChars = isSameFile ? evaluableChars - fileChars : evaluableChars;
    const mayWait = isSameFile && still.length === before.length;
    const { shown, how, noRoom, waiting } = pack(still, allowed, { maxChars, newChars }, mayWait);
    this.show(shown);
    this._uri = place.uri;

    this._report = {
      path: place.path,
      maxChars,
      how,
      keptInPlace: commonStart(before, shown),
      sources: answers.map(({ source: { name }, state, candidates, elapsedMs }) => {
        return { name, state, found: candidates.length, elapsedMs };
      }),
      shown: shown.map(excerptReport),
      leftOut: [
        ...refused,
        ...displaced.flatMap((each) => leftOutFor('shown in another form', each)),
        ...noRoom.flatMap((each) => leftOutFor('no room', each)),
        ...waiting.flatMap((each) => leftOutFor('waits', each)),
        ...before.flatMap((each) => {
          if (!still.includes(each)) return leftOutFor('no longer there', each);
          return shown.some((other) => isSame(each, other)) ? [] : leftOutFor('gave way', each);
        }),
      ],
    };
  }

  /** Of what is shown, what may be and stands in its file as it is shown. A file that takes long to read may still. */
  private async stillThere(place: View, signal: AbortSignal): Promise<readonly Ranked[]> {
    const uris = [...new Set(this._shown.map(({ excerpt }) => excerpt.uri))];
    const files = new Map(
      await Promise.all(
        uris.map(async (uri) => {
          // Aborted or failed: then nothing changes, or it is asked again in the next pause.
          const reading = this._texts.read(uri, signal).catch((): typeof LATE => LATE);
          return [uri, await within(reading, DEADLINE_MS)] as const;
        }),
      ),
    );
    return this._shown.filter(({ excerpt }) => {
      const file = files.get(excerpt.uri);
      if (reasonAgainst(excerpt, place) || file === undefined) return false;
      return file === LATE || !excerpt.isVerbatim || `\n${file.text}\n`.includes(`\n${excerpt.text}\n`);
    });
  }

  /** Where nothing changed the part stays the same object. */
  private show(shown: readonly Ranked[]): void {
    const repository = this._repository();
    const isSamePart =
      repository === this._part.repository &&
      shown.length === this._shown.length &&
      commonStart(shown, this._shown) === shown.length;
    this._shown = shown;
    if (isSamePart) return;
    const excerpts = shown.map(({ excerpt: { uri, path, firstLine, text } }) => {
      return { uri, path, firstLine, text: this._redactor.block(text, false).text };
    });
    this._part = { repository, excerpts };
  }
}

function reasonAgainst({ path, uri, text }: Candidate, place: View): LeftOutReason | undefined {
  if (isSecretFile(path)) return 'a file of secrets';
  // All of it: which part of it a prompt shows changes while the user types.
  if (uri === place.uri) return 'the file itself';
  return text.trim() === '' ? 'nothing in it' : undefined;
}

function leftOutFor(reason: LeftOutReason | undefined, ranked: Ranked): RefreshReport['leftOut'] {
  return reason === undefined ? [] : [{ ...excerptReport(ranked), reason }];
}

function commonStart(one: readonly Ranked[], other: readonly Ranked[]): number {
  const at = one.findIndex((each, index) => !isSame(each, other[index]));
  return at < 0 ? one.length : at;
}

function isSame({ excerpt }: Ranked, other: Ranked | undefined): boolean {
  return other?.excerpt.uri === excerpt.uri && other.excerpt.text === excerpt.text;
}
