import { isCancelled } from '../../base/abort.ts';
import type { Log } from '../../base/log.ts';
import { LATE, within } from '../../base/within.ts';
import type { View } from '../completion/view.ts';
import type { Clock } from '../ports/clock.ts';
import type { Candidate, ContextSource } from './contextSource.ts';

export interface SourceAnswer {
  readonly source: ContextSource;
  readonly candidates: readonly Candidate[];
  /** `earlier`: not ready now, but what came too late the last time is. */
  readonly state: 'in time' | 'earlier' | 'late' | 'failed';
  readonly elapsedMs: number;
}

/** A source with a deadline. What comes too late for one pause is there for the next one in the same file. */
export class SourceInTime {
  private readonly _source: ContextSource;
  private readonly _clock: Clock;
  private readonly _log: Log;
  private _late: { readonly uri: string; readonly candidates: readonly Candidate[] } | undefined;

  constructor(source: ContextSource, clock: Clock, log: Log) {
    this._source = source;
    this._clock = clock;
    this._log = log;
  }

  get leastRoomChars(): number {
    return this._source.leastRoomChars ?? 0;
  }

  /** Never throws: one source that fails does not take the others with it. */
  async ask(place: View, deadlineMs: number, signal: AbortSignal): Promise<SourceAnswer> {
    const startedMs = this._clock.nowMs();
    const answer = (state: SourceAnswer['state'], candidates: readonly Candidate[] = []): SourceAnswer => {
      return { source: this._source, candidates, state, elapsedMs: this._clock.nowMs() - startedMs };
    };
    const finding = this.find(place, signal);
    const found = await within(finding, deadlineMs);
    if (found !== LATE) return found ? answer('in time', found) : answer('failed');
    const late = this._late?.uri === place.uri ? this._late.candidates : undefined;
    void finding.then((candidates) => {
      if (candidates && !signal.aborted) this._late = { uri: place.uri, candidates };
    });
    return late ? answer('earlier', late) : answer('late');
  }

  /** Undefined where it failed; nothing where nobody wants to know any more. */
  private async find(place: View, signal: AbortSignal): Promise<readonly Candidate[] | undefined> {
    try {
      return await this._source.find(place, signal);
    } catch (error) {
      if (isCancelled(error)) return [];
      this._log.error(`The context source "${this._source.name}" failed`, error);
      return undefined;
    }
  }
}
