import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { FIXTURE_WORKSPACE, PROJECT } from '../support/paths.ts';
import { runInHost } from '../vscode/runInHost.ts';
import { median, rounded } from './statistics.ts';

const WINDOWS = 5;

/** Milliseconds, as in VS Code's startup performance report. */
const rowTimes = v.object({ load: v.number(), call: v.number(), finish: v.number() });
const activationTimes = v.object({ ours: rowTimes, empty: rowTimes });

/** An extension of one line, which says what the machine and VS Code's own start cost. */
const EMPTY_EXTENSION = join(import.meta.dirname, 'emptyExtension');

/**
 * How long VS Code says the extension took to load and to activate, over several windows, beside an empty one in the same
 * windows: all extensions start at once and wait for each other. No model is configured.
 */
export async function activation(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'deepwell-activation-'));
  const file = join(folder, 'times.json');
  try {
    const times: v.InferOutput<typeof activationTimes>[] = [];
    for (let window = 0; window < WINDOWS; window++) {
      const code = await runInHost({
        tests: ['test/bench/activationInHost.ts'],
        extensionPath: PROJECT,
        workspaceFolder: FIXTURE_WORKSPACE,
        otherExtensions: [EMPTY_EXTENSION],
        env: { DEEPWELL_ACTIVATION_TIMES: file },
        log: () => undefined,
      });
      if (code !== 0) throw new Error('VS Code did not report its activation times.');
      times.push(v.parse(activationTimes, JSON.parse(await readFile(file, 'utf8'))));
    }
    const totals = (of: 'ours' | 'empty'): number[] =>
      times.map(({ [of]: { load, call, finish } }) => load + call + finish);
    return {
      windows: WINDOWS,
      loadCodeMs: rounded(median(times.map(({ ours }) => ours.load))),
      activateMs: rounded(median(times.map(({ ours }) => ours.call + ours.finish))),
      totalMs: rounded(median(totals('ours'))),
      worstTotalMs: rounded(Math.max(...totals('ours'))),
      emptyTotalMs: rounded(median(totals('empty'))),
      moreThanEmptyMs: rounded(
        median(times.map((_, at) => (totals('ours')[at] ?? 0) - (totals('empty')[at] ?? 0))),
      ),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
