import { mock } from 'node:test';
import type { Clock } from '../../src/core/ports/clock.ts';

/** A clock and timers that move only when told. Call {@link stop} in an `afterEach`. */
export class FakeTime implements Clock {
  private _nowMs = 1_000;

  constructor() {
    mock.timers.enable({ apis: ['setTimeout'] });
  }

  nowMs(): number {
    return this._nowMs;
  }

  /** Lets time pass, and whatever it sets off come to rest. */
  async pass(ms: number): Promise<void> {
    await settled();
    this._nowMs += ms;
    mock.timers.tick(ms);
    await settled();
  }

  stop(): void {
    mock.timers.reset();
  }
}

/** Everything that needs no time has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
