import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { FIXTURE_WORKSPACE, PROJECT } from '../support/paths.ts';
import { runInHost } from '../vscode/runInHost.ts';
import { median, rounded } from '../support/measure/statistics.ts';

const WINDOWS = 5;

/** Milliseconds, as in VS Code's startup performance report. */
const activationTimes = v.object({ load: v.number(), call: v.number(), finish: v.number() });

/** An extension of one line, which says what the machine and VS Code's own start cost. */
const EMPTY_EXTENSION = join(import.meta.dirname, 'emptyExtension');

/**
 * How long VS Code says the extension took to load and to activate, over several windows, in turn with as many that have an
 * empty one instead: all extensions start at once and wait for each other, VS Code's own among them. No model is
 * configured.
 */
export async function activation(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'deepwell-activation-'));
  try {
    const ours: ActivationTimes[] = [];
    const empty: ActivationTimes[] = [];
    for (let window = 0; window < WINDOWS; window++) {
      ours.push(await timesIn(folder, PROJECT, 'deepwell.deepwell'));
      empty.push(await timesIn(folder, EMPTY_EXTENSION, 'deepwell-bench.empty'));
    }
    return {
      windows: WINDOWS,
      loadCodeMs: rounded(median(ours.map(({ load }) => load))),
      activateMs: rounded(median(ours.map(({ call, finish }) => call + finish))),
      totalMs: rounded(median(ours.map(total))),
      worstTotalMs: rounded(Math.max(...ours.map(total))),
      emptyTotalMs: rounded(median(empty.map(total))),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type ActivationTimes = v.InferOutput<typeof activationTimes>;

function total({ load, call, finish }: ActivationTimes): number {
  return load + call + finish;
}

async function timesIn(folder: string, extensionPath: string, id: string): Promise<ActivationTimes> {
  const file = join(folder, 'times.json');
  const code = await runInHost({
    tests: ['test/bench/activationInHost.ts'],
    extensionPath,
    workspaceFolder: FIXTURE_WORKSPACE,
    env: { DEEPWELL_ACTIVATION_TIMES: file, DEEPWELL_ACTIVATION_OF: id },
    log: () => undefined,
  });
  if (code !== 0) throw new Error('VS Code did not report its activation times.');
  return v.parse(activationTimes, JSON.parse(await readFile(file, 'utf8')));
}
