import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureModel } from '../model/fetchModel.ts';
import { engineProcesses } from '../support/engineProcesses.ts';
import { FIXTURE_WORKSPACE, PROJECT } from '../support/paths.ts';
import { runInHost } from '../vscode/runInHost.ts';

const TIMEOUT_MS = 2 * 60 * 60_000;

/** Returns the exit code. The suite in the window prints the figures. */
export async function soakKills(kills: number, seed: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'deepwell-soak-'));
  const before = new Set(await engineProcesses());
  try {
    const workspaceFolder = join(folder, 'wörk space');
    await cp(FIXTURE_WORKSPACE, workspaceFolder, { recursive: true });
    const code = await runInHost({
      tests: ['test/soak/host/kills.test.ts'],
      extensionPath: PROJECT,
      workspaceFolder,
      machineSettings: { 'deepwell.model': await ensureModel() },
      userSettings: { 'editor.quickSuggestions': { other: 'off' } },
      env: { DEEPWELL_KILLS: String(kills), DEEPWELL_SEED: String(seed) },
      timeoutMs: TIMEOUT_MS,
      log: console.log,
    });
    const orphans = (await engineProcesses()).filter((pid) => !before.has(pid));
    console.log(`  ${orphans.length} engine processes left after the window was closed`);
    return orphans.length > 0 ? 1 : code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
