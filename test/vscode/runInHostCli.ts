import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runInHost } from './runInHost.ts';

// node test/vscode/runInHostCli.ts [--workspace FOLDER] [--extension FOLDER] [--grep TEXT] GLOB…

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workspace: { type: 'string' },
    extension: { type: 'string', default: join(import.meta.dirname, '..', '..') },
    grep: { type: 'string' },
  },
});

const workspaceFolder = await mkdtemp(join(tmpdir(), 'deepwell-workspace-'));
try {
  if (values.workspace !== undefined) await cp(values.workspace, workspaceFolder, { recursive: true });
  process.exitCode = await runInHost({
    tests: positionals,
    extensionPath: values.extension,
    workspaceFolder,
    log: console.log,
    ...(values.grep !== undefined && { grep: values.grep }),
  });
} finally {
  await rm(workspaceFolder, { recursive: true, force: true });
}
