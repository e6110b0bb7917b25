import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureModel } from '../model/fetchModel.ts';
import { bundleHostSuite } from '../vscode/bundleHostSuite.ts';
import { engineProcesses } from './engineProcesses.ts';
import type { EngineStateName } from './engineStates.ts';
import { startOwnServer } from './ownServer.ts';
import { isRunning } from './processes.ts';

/** Who ends: the window, as a user closes it, or its extension host, killed. */
export type Ending = 'window closed' | 'host killed';

export interface EngineEnd {
  /**
   * Until the last engine process is gone. Killed: from the kill. Closed: from the moment VS Code, ending the extension
   * host, lets go of the extension; how long a server waits for a closed page to come back is not ours.
   */
  readonly engineMs: number;
  /** Until the extension host is gone, from the same moment. */
  readonly hostMs: number;
  /** From the closing of the page to that moment; none after a kill. */
  readonly noticedMs: number;
}

const HOLD_LIMIT_MS = 90_000;
const END_LIMIT_MS = 30_000;

/** Opens a window, holds its engine in a state, ends the window or its host, and watches the engine go. */
export async function endWhile(state: EngineStateName, ending: Ending): Promise<EngineEnd> {
  await using resources = new AsyncDisposableStack();
  const notes = await mkdtemp(join(tmpdir(), 'deepwell-held-'));
  resources.defer(() => rm(notes, { recursive: true }));
  const [heldFile, letGoFile] = [join(notes, 'held'), join(notes, 'let-go')] as const;
  const server = resources.use(
    await startOwnServer({
      machineSettings: { 'deepwell.model': await ensureModel() },
      env: { DEEPWELL_HOLD: state, DEEPWELL_HELD_FILE: heldFile, DEEPWELL_LET_GO_FILE: letGoFile },
    }),
  );
  const before = new Set(await engineProcesses());
  const workbench = await server.openWindow(await server.newWorkspace(), {
    extensionTestsPath: await bundleHostSuite(['test/soak/host/hold.test.ts']),
  });
  const host = await held(heldFile);
  const startedAtMs = Date.now();
  if (ending === 'host killed') process.kill(host, 'SIGKILL');
  else await workbench.page.close({ runBeforeUnload: true });
  const [hostAtMs, engineAtMs] = await Promise.all([
    goneAtMs(async () => !(await isRunning(host))),
    goneAtMs(
      async () => !(await isRunning(host)) && (await engineProcesses()).every((pid) => before.has(pid)),
    ),
  ]);
  const letGo = await readFile(letGoFile, 'utf8').catch(() => undefined);
  const fromMs = letGo === undefined ? startedAtMs : Number(letGo);
  return { engineMs: engineAtMs - fromMs, hostMs: hostAtMs - fromMs, noticedMs: fromMs - startedAtMs };
}

/** The extension host's process id, once the engine is held. */
async function held(file: string): Promise<number> {
  const deadlineMs = performance.now() + HOLD_LIMIT_MS;
  while (performance.now() < deadlineMs) {
    const pid = Number(await readFile(file, 'utf8').catch(() => ''));
    if (pid > 0) return pid;
    await sleep(5);
  }
  throw new Error(`No engine was held within ${HOLD_LIMIT_MS / 1000} s.`);
}

/** The wall clock's time, because another process noted its own. */
async function goneAtMs(isGone: () => Promise<boolean>): Promise<number> {
  const deadlineMs = performance.now() + END_LIMIT_MS;
  while (!(await isGone())) {
    if (performance.now() > deadlineMs) throw new Error(`Still there after ${END_LIMIT_MS / 1000} s.`);
    await sleep(5);
  }
  return Date.now();
}
