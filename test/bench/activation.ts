import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { FIXTURE_WORKSPACE, PROJECT } from '../support/paths.ts';
import { runInHost } from '../vscode/runInHost.ts';
import { median, rounded } from './statistics.ts';

const WINDOWS = 5;

/** Milliseconds, as in VS Code's startup performance report. */
const activationTimes = v.object({ load: v.number(), call: v.number(), finish: v.number() });

/** How long VS Code says the extension took to load and to activate, over several windows. No model is configured. */
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
        env: { DEEPWELL_ACTIVATION_TIMES: file },
        log: () => undefined,
      });
      if (code !== 0) throw new Error('VS Code did not report its activation times.');
      times.push(v.parse(activationTimes, JSON.parse(await readFile(file, 'utf8'))));
    }
    return {
      windows: WINDOWS,
      loadCodeMs: rounded(median(times.map((each) => each.load))),
      activateMs: rounded(median(times.map((each) => each.call + each.finish))),
      totalMs: rounded(median(times.map((each) => each.load + each.call + each.finish))),
      worstTotalMs: rounded(Math.max(...times.map((each) => each.load + each.call + each.finish))),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
