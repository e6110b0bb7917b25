import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EngineConnection } from '../../src/host/engineConnection.ts';
import { forkProcess } from '../../src/host/forkProcess.ts';
import { engineProcesses } from '../support/engineProcesses.ts';
import { assertCompletes, type OwnServer, startOwnServer } from '../support/ownServer.ts';
import { PICTURES, PROJECT, STARTER } from '../support/paths.ts';
import { isRunning } from '../support/processes.ts';
import { READY } from '../support/window.ts';
import type { Workbench } from '../vscode/workbench.ts';

const LOAD_MS = 60_000;
/** No figure, only a bound: `npm run soak -- close` measures. */
const GONE_MS = 30_000;

/** What users meet and no unit test can cause. Each has its message, or none where all goes on. */
describe('When', function () {
  this.timeout(120_000);
  before(async () => {
    await mkdir(PICTURES, { recursive: true });
  });

  it('the log’s disk is full, and when it cannot be written: completes, and says nothing', async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    let logs = '';
    await using server = await startOwnServer(
      { machineSettings: { 'deepwell.model': STARTER } },
      async (folder, resources) => {
        logs = await mountSmallDisk(join(folder, 'server-data', 'data', 'logs'), resources);
      },
    );
    await run('mount', ['-o', 'remount,ro', logs]);
    const workbench = await server.openWindow(await server.newWorkspace());
    await workbench.statusBarLabel(READY, LOAD_MS);
    await assertCompletes(workbench);
    await workbench.screenshot(join(PICTURES, 'log-not-writable.png'));

    await run('mount', ['-o', 'remount,rw', logs]);
    await fill(logs);
    await restartEngine(workbench);
    await assertCompletes(workbench);
    await workbench.screenshot(join(PICTURES, 'log-disk-full.png'));
    assert.deepEqual(await workbench.notifications(), []);
  });

  for (const [what, logPath] of [
    ['the log’s folder cannot be made', join(import.meta.filename, 'engine.log')],
    ...(process.platform === 'linux' ? [['every write to the log fails', '/dev/full']] : []),
  ] as const) {
    it(`${what}: the engine loads a model without`, async () => {
      const engine = await forkProcess(join(PROJECT, 'dist', 'engine.js'), logPath);
      const connection = await EngineConnection.open(engine, 'test');
      try {
        const model = { model: 'm', path: STARTER, contextTokens: 512, threads: 1, probe: [] };
        await connection.load({ ...model, gpu: 'off' }, () => undefined, new AbortController().signal);
        assert.equal((await connection.status()).lanes.length, 1);
      } finally {
        await connection.close();
      }
    });
  }

  it('the engine’s binary is missing: one message, and typing goes on', async () => {
    await using server = await startOwnServer({ machineSettings: { 'deepwell.model': STARTER } });
    const extensionPath = join(server.folder, 'without binary');
    await copyWithoutBinary(extensionPath);
    const workbench = await server.openWindow(await server.newWorkspace(), { extensionPath });
    await waitForNotification(workbench, /No llama\.cpp binary/);
    assert.equal((await workbench.notifications()).length, 1);
    await workbench.screenshot(join(PICTURES, 'no-binary.png'));
    await workbench.openFile('src/files.py');
    await workbench.goTo(1, 1);
    await workbench.type('# typed', { delayMs: 20 });
    await workbench.waitForText((text) => text.startsWith('# typed'));
  });

  it('an untrusted workspace names a model: it is not loaded, and the user’s own is', async () => {
    await using server = await startOwnServer({
      workspaceTrust: true,
      userSettings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
      machineSettings: { 'deepwell.model': STARTER },
    });
    const workspace = await server.newWorkspace();
    await writeFile(join(workspace, 'evil.gguf'), 'This is not a model.');
    await mkdir(join(workspace, '.vscode'));
    const settings = { 'deepwell.model': join(workspace, 'evil.gguf') };
    await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
    const workbench = await server.openWindow(workspace);
    await workbench.statusBarText(/Restricted Mode/);
    await workbench.statusBarLabel(READY, LOAD_MS);
    await assertCompletes(workbench);
    await workbench.screenshot(join(PICTURES, 'untrusted-workspace.png'));
    assert.deepEqual(await workbench.notifications(), []);
  });

  describe('two windows are open', () => {
    let server: OwnServer;
    let first: Workbench;
    let second: Workbench;
    let engines: number[];

    before(async () => {
      const others = new Set(await engineProcesses());
      server = await startOwnServer({ machineSettings: { 'deepwell.model': STARTER } });
      first = await server.openWindow(await server.newWorkspace());
      await first.statusBarLabel(READY, LOAD_MS);
      second = await server.openWindow(await server.newWorkspace());
      await second.statusBarLabel(READY, LOAD_MS);
      engines = (await engineProcesses()).filter((pid) => !others.has(pid));
    });

    after(() => server[Symbol.asyncDispose]());

    it('each completes with an engine of its own', async () => {
      assert.equal(engines.length, 2);
      await assertCompletes(first);
      await assertCompletes(second);
    });

    it('closing one ends its engine and leaves the other', async () => {
      await first.page.close({ runBeforeUnload: true });
      await until(async () => (await running(engines)).length === 1);
      await assertCompletes(second);
    });

    it('reloading one while it loads leaves one engine, which completes', async () => {
      const before = await engineProcesses();
      await second.runCommand('Deepwell: Restart Engine');
      const started = async () => (await engineProcesses()).filter((each) => !before.includes(each));
      await until(async () => (await started()).length > 0);
      const loading = await started();
      await second.page.reload();
      await second.waitReady();
      await second.statusBarLabel(READY, LOAD_MS);
      await until(async () => (await running([...engines, ...loading])).length === 0);
      assert.equal((await engineProcesses()).length, before.length);
      await assertCompletes(second);
      await second.screenshot(join(PICTURES, 'reloaded.png'));
    });
  });
});

async function restartEngine(workbench: Workbench): Promise<void> {
  const before = await engineProcesses();
  await workbench.runCommand('Deepwell: Restart Engine');
  await until(async () => (await running(before)).length < before.length);
  await workbench.statusBarLabel(READY, LOAD_MS);
}

async function running(pids: readonly number[]): Promise<number[]> {
  const alive = await Promise.all(pids.map(isRunning));
  return pids.filter((_, index) => alive[index]);
}

/** A disk of its own, gone when `resources` are. */
async function mountSmallDisk(folder: string, resources: AsyncDisposableStack): Promise<string> {
  await mkdir(folder, { recursive: true });
  await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  resources.defer(async () => void (await run('umount', ['--lazy', folder])));
  return folder;
}

async function fill(folder: string): Promise<void> {
  await assert.rejects(writeFile(join(folder, 'full'), Buffer.alloc(2 ** 20)), { code: 'ENOSPC' });
}

/** The built extension with everything but the packages that hold llama.cpp itself. */
async function copyWithoutBinary(folder: string): Promise<void> {
  const [from, to] = [PROJECT, folder].map((each) => join(each, 'node_modules')) as [string, string];
  await mkdir(to, { recursive: true });
  for (const file of ['package.json', 'package.nls.json', 'dist']) {
    await cp(join(PROJECT, file), join(folder, file), { recursive: true });
  }
  for (const name of await readdir(from)) {
    if (/^(@node-llama-cpp|node-llama-cpp|\..*)$/.test(name)) continue;
    await symlink(join(from, name), join(to, name), 'junction');
  }
  // A copy: it looks for the binaries beside where it really is.
  await cp(join(from, 'node-llama-cpp'), join(to, 'node-llama-cpp'), { recursive: true, dereference: true });
  await rm(join(to, 'node-llama-cpp', 'llama', 'localBuilds'), { recursive: true, force: true });
}

async function waitForNotification(workbench: Workbench, text: RegExp): Promise<void> {
  await until(async () => (await workbench.notifications()).some((each) => text.test(each.text)), LOAD_MS);
}

async function until(holds: () => Promise<boolean>, timeoutMs = GONE_MS): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await holds())) {
    assert.ok(performance.now() < deadlineMs, `Waited ${timeoutMs} ms for: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const run = promisify(execFile);
