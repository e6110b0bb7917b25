import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureModel } from '../model/fetchModel.ts';
import { FIXTURE_WORKSPACE, PROJECT } from '../support/paths.ts';
import { runInHost } from '../vscode/runInHost.ts';

// node test/integration/main.ts [--grep TEXT]: the suite in a real extension host, with the real small model.

const { values } = parseArgs({ options: { grep: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'deepwell-workspace-'));
try {
  const workspaceFolder = join(folder, 'wörk space');
  await cp(FIXTURE_WORKSPACE, workspaceFolder, { recursive: true });
  process.exitCode = await runInHost({
    tests: ['test/integration/**/*.test.ts'],
    extensionPath: PROJECT,
    workspaceFolder,
    machineSettings: { 'deepwell.model': await ensureModel() },
    userSettings: { 'editor.quickSuggestions': { other: 'off' } },
    log: console.log,
    ...(values.grep !== undefined && { grep: values.grep }),
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
