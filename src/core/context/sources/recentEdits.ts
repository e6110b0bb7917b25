import type { View } from '../../completion/view.ts';
import type { SourceTexts } from '../../ports/sourceTexts.ts';
import type { Candidate, ContextSource } from '../contextSource.ts';
import { blocksAround } from '../excerptLines.ts';

/** A change of a document's text. */
export interface Edit {
  readonly uri: string;
  /** Where it begins, counted from 0. */
  readonly firstLine: number;
  /** Line ends that it took away and put in. */
  readonly removedLineEnds: number;
  readonly addedLineEnds: number;
}

interface Place {
  readonly uri: string;
  firstLine: number;
  endLine: number;
}

const MAX_PLACES = 12;

/** Edits this close to a place belong to it. */
const SAME_PLACE_LINES = 8;

/**
 * Places that were edited, newest first. An edit costs a few comparisons, because every key is one; texts are read when
 * they are asked for.
 */
export class RecentEdits implements ContextSource {
  readonly name = 'recent edits';
  readonly weight = 1;
  readonly stability = 0;
  private readonly _texts: SourceTexts;
  private _places: Place[] = [];

  constructor(texts: SourceTexts) {
    this._texts = texts;
  }

  edited({ uri, firstLine, removedLineEnds, addedLineEnds }: Edit): void {
    const removedEnd = firstLine + removedLineEnds;
    const shift = addedLineEnds - removedLineEnds;
    let place: Place = { uri, firstLine, endLine: firstLine + addedLineEnds + 1 };
    const others: Place[] = [];
    for (const other of this._places) {
      if (other.uri !== uri || removedEnd < other.firstLine - SAME_PLACE_LINES) {
        others.push(other.uri === uri ? moved(other, shift) : other);
      } else if (firstLine > other.endLine + SAME_PLACE_LINES) {
        others.push(other);
      } else {
        const endLine = Math.max(place.endLine, other.endLine + shift);
        place = { uri, firstLine: Math.min(place.firstLine, other.firstLine), endLine };
      }
    }
    this._places = [place, ...others].slice(0, MAX_PLACES);
  }

  async find({ uri }: View, signal: AbortSignal): Promise<readonly Candidate[]> {
    const places = this._places.filter((place) => place.uri !== uri);
    const uris = [...new Set(places.map((place) => place.uri))];
    const files = new Map(
      await Promise.all(uris.map(async (each) => [each, await this._texts.read(each, signal)] as const)),
    );
    return places.flatMap((place) => {
      const file = files.get(place.uri);
      return file ? [blocksAround(file, place.firstLine, place.endLine)] : [];
    });
  }
}

function moved({ uri, firstLine, endLine }: Place, lines: number): Place {
  return { uri, firstLine: firstLine + lines, endLine: endLine + lines };
}
