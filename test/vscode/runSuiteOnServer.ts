import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { ensureServer } from './installServer.ts';
import { openWorkbench } from './openWorkbench.ts';
import type { BundledRun } from './runInHost.ts';
import { startServer } from './startServer.ts';

/** Runs the bundled suite in the extension host of VS Code's server, with a workbench in Chromium around it. */
export async function runSuiteOnServer(run: BundledRun): Promise<number> {
  await using server = await startServer({
    server: await ensureServer(run.log),
    userSettings: run.userSettings,
    machineSettings: run.machineSettings,
    env: run.env,
  });
  await using workbench = await openWorkbench({ ...run, server, extensionTestsPath: run.testsModule });
  const timeout = new AbortController();
  try {
    return await Promise.race([
      workbench.testsEnded,
      sleep(run.timeoutMs, timedOutCode, { signal: timeout.signal }).then(async (code) => {
        const picture = join(run.testsModule, '..', 'timeout.png');
        await workbench.screenshot(picture);
        run.log(`The suite did not end within ${run.timeoutMs / 1000} s; the window then: ${picture}`);
        return code;
      }),
    ]);
  } finally {
    timeout.abort();
  }
}

/** As `timeout(1)` has it. */
const timedOutCode = 124;
