import type { Disposable } from '../../base/disposable.ts';
import type { Answer } from '../completion/answer.ts';
import type { Completer } from '../completion/completer.ts';
import type { Clock } from '../ports/clock.ts';

const REMEMBERED = 30;

/** How a question of the editor was answered: never what was asked or answered. */
export interface AnswerSummary {
  readonly agoMs: number;
  readonly from: Answer['from'];
  readonly reason: Answer['reason'];
  /** Whether there was anything to show. */
  readonly shown: boolean;
  readonly elapsedMs: number;
  /** From asking the model to its first text. */
  readonly firstTextMs: number | undefined;
}

/** The last answers, for reports. Holds no text. */
export class RecentAnswers implements Disposable {
  private readonly _clock: Clock;
  private readonly _listener: Disposable;
  private _answers: readonly (Omit<AnswerSummary, 'agoMs'> & { readonly atMs: number })[] = [];

  constructor(completer: Completer, clock: Clock) {
    this._clock = clock;
    this._listener = completer.onDidAnswer((answer) => {
      this._answers = [...this._answers, { ...summary(answer), atMs: clock.nowMs() }].slice(-REMEMBERED);
    });
  }

  /** Oldest first. */
  get all(): AnswerSummary[] {
    const nowMs = this._clock.nowMs();
    return this._answers.map(({ atMs, ...answer }) => ({ ...answer, agoMs: nowMs - atMs }));
  }

  dispose(): void {
    this._listener.dispose();
  }
}

function summary({ from, reason, placement, elapsedMs, generation }: Answer) {
  const { askedMs = 0, firstTextMs } = generation?.times ?? {};
  return {
    from,
    reason,
    shown: placement !== undefined,
    elapsedMs,
    firstTextMs: firstTextMs === undefined ? undefined : firstTextMs - askedMs,
  };
}
