import type { View } from '../../completion/view.ts';
import type { SourceTexts } from '../../ports/sourceTexts.ts';
import type { Candidate, ContextSource } from '../contextSource.ts';
import { blocksAround } from '../excerptLines.ts';

/** Lines of a document that were on the screen. */
export interface Visit {
  readonly uri: string;
  /** Counted from 0. */
  readonly firstLine: number;
  /** Behind the last. */
  readonly endLine: number;
}

const MAX_VISITS = 8;

/** A tall screen shows more than is worth the room. */
const MAX_LINES = 64;

/** What is visible in other editors, and what was when they were left, newest first. */
export class VisitedEditors implements ContextSource {
  readonly name = 'visited editors';
  readonly weight = 0.8;
  readonly stability = 1;
  private readonly _texts: SourceTexts;
  private _visits: readonly Visit[] = [];

  constructor(texts: SourceTexts) {
    this._texts = texts;
  }

  saw(visit: Visit): void {
    const others = this._visits.filter(({ uri }) => uri !== visit.uri);
    this._visits = [visit, ...others].slice(0, MAX_VISITS);
  }

  async find({ uri }: View, signal: AbortSignal): Promise<readonly Candidate[]> {
    const excerpts = this._visits.map(async (visit) => {
      const file = visit.uri === uri ? undefined : await this._texts.read(visit.uri, signal);
      if (!file) return [];
      return [blocksAround(file, visit.firstLine, Math.min(visit.endLine, visit.firstLine + MAX_LINES))];
    });
    return (await Promise.all(excerpts)).flat();
  }
}
