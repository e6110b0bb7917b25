import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { BundledRun } from './runInHost.ts';
import { defaultUserSettings } from './settings.ts';

/** Runs the bundled suite in a desktop VS Code, with a profile of its own. */
export async function runSuiteOnDesktop(vscodeExecutablePath: string, run: BundledRun): Promise<number> {
  const profile = await mkdtemp(join(tmpdir(), 'dw-'));
  try {
    await mkdir(join(profile, 'User'), { recursive: true });
    const settings = { ...defaultUserSettings, ...run.userSettings, ...run.machineSettings };
    await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify(settings));
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: run.extensionPath,
      extensionTestsPath: run.testsModule,
      extensionTestsEnv: run.env,
      launchArgs: [
        run.workspaceFolder,
        `--user-data-dir=${profile}`,
        `--extensions-dir=${join(profile, 'extensions')}`,
        '--disable-workspace-trust',
        '--skip-welcome',
      ],
    });
  } catch (error) {
    run.log(String(error));
    return 1;
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
