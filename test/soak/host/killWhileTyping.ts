import type { DeepwellApi } from '../../../src/extension.ts';
import { pause, until } from '../../integration/support.ts';
import { engineProcesses } from '../../support/engineProcesses.ts';
import { seeded } from '../../../src/base/seeded.ts';
import { type MemorySample, sampleMemory } from './memorySample.ts';
import { Typist } from './typist.ts';

export interface KillPlan {
  readonly kills: number;
  readonly seed: number;
  readonly onRecovery?: (kill: Kill, count: number) => void;
}

export interface Kill {
  /** What the engine was at when it was killed. */
  readonly hit: 'loading' | 'answering' | 'resting';
  /** From the kill to the next completion that the model answered; nobody did anything but type. */
  readonly recoveredMs: number;
}

export interface KillReport {
  readonly kills: readonly Kill[];
  readonly keys: number;
  /** The extension host's, at even distances. */
  readonly memory: readonly MemorySample[];
  /** Engine processes at the end. */
  readonly engines: number;
}

const RECOVERY_LIMIT_MS = 60_000;
/** A kill comes at any time up to this after the recovery before. */
const LONGEST_REST_MS = 3_000;
/** How often a kill is followed by one of the next engine, at any time up to this after it appears. */
const KILLED_AGAIN = 0.15;
const LONGEST_START_MS = 600;
const SAMPLES = 20;

/** Types without end while the engine is killed at random moments, as often as planned. */
export async function killWhileTyping(api: DeepwellApi, plan: KillPlan): Promise<KillReport> {
  const random = seeded(plan.seed);
  const killer = new Killer(api);
  const typist = new Typist(seeded(plan.seed + 1));
  const kills: Kill[] = [];
  const memory = [sampleMemory()];
  const killing = async (): Promise<void> => {
    while (kills.length < plan.kills) {
      await pause(random() * LONGEST_REST_MS);
      const recoveries = [await killer.kill()];
      if (kills.length + 2 <= plan.kills && random() < KILLED_AGAIN) {
        recoveries.push(await killer.kill(random() * LONGEST_START_MS));
      }
      for (const { recovered } of recoveries) {
        kills.push(await recovered);
        plan.onRecovery?.(kills[kills.length - 1]!, kills.length);
        if (kills.length % Math.ceil(plan.kills / SAMPLES) === 0) memory.push(sampleMemory());
      }
    }
  };
  try {
    // The typist ends by itself only where it fails.
    await Promise.race([killing(), typist.run()]);
  } finally {
    typist.stop();
    killer.dispose();
  }
  return { kills, keys: typist.keys, memory, engines: (await engineProcesses()).length };
}

class Killer {
  private readonly _api: DeepwellApi;
  private readonly _killed = new Set</* process id */ number>();
  private readonly _activity: { dispose(): void };
  private _thinking = false;

  constructor(api: DeepwellApi) {
    this._api = api;
    this._activity = api.completer.onDidChangeActivity((thinking) => (this._thinking = thinking));
  }

  dispose(): void {
    this._activity.dispose();
  }

  /** Waits for an engine process, and `afterMs` more, and kills it. The promise is wrapped, or it would be awaited. */
  async kill(afterMs = 0): Promise<{ readonly recovered: Promise<Kill> }> {
    const pid = await this.engine();
    await pause(afterMs);
    const ready = this._api.engine.state.kind === 'ready';
    const hit = ready ? (this._thinking ? 'answering' : 'resting') : 'loading';
    this._killed.add(pid);
    process.kill(pid, 'SIGKILL');
    return { recovered: this.recovery(hit) };
  }

  /** From the system, because the extension does not tell its engine's process id while it loads. */
  private async engine(): Promise<number> {
    let living: number[] = [];
    await until(
      async () => {
        living = (await engineProcesses()).filter((pid) => !this._killed.has(pid));
        return living.length > 0;
      },
      'an engine process',
      RECOVERY_LIMIT_MS,
    );
    const [pid, ...others] = living;
    if (pid === undefined || others.length > 0) throw new Error(`Not one engine, but ${living.join(', ')}.`);
    return pid;
  }

  private async recovery(hit: Kill['hit']): Promise<Kill> {
    const killedAtMs = performance.now();
    let recoveredMs: number | undefined;
    const listener = this._api.completer.onDidAnswer(({ from }) => {
      if (from === 'model' && this.isAlive()) recoveredMs ??= performance.now() - killedAtMs;
    });
    try {
      const hasFailed = (): boolean => this._api.engine.state.kind === 'failed';
      await until(() => recoveredMs !== undefined || hasFailed(), 'the model to answer', RECOVERY_LIMIT_MS);
      if (hasFailed()) throw new Error('The engine was given up.');
      return { hit, recoveredMs: recoveredMs ?? 0 };
    } finally {
      listener.dispose();
    }
  }

  /** Whether the answers that come now are from an engine that was not killed. */
  private isAlive(): boolean {
    const { state } = this._api.engine;
    if (state.kind !== 'ready') return false;
    const { pid } = state.engine.connection;
    return pid !== undefined && !this._killed.has(pid);
  }
}
