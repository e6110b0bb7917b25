import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { PICTURES, PROJECT } from '../support/paths.ts';
import { READY } from '../support/window.ts';
import { findChromium } from '../vscode/findChromium.ts';
import { Workbench } from '../vscode/workbench.ts';

const LOAD_MS = 60_000;
/** The small model on a busy machine; no figure, only a bound. */
const GHOST_MS = 30_000;

describe('npm start, without a desktop VS Code', function () {
  this.timeout(120_000);

  before(function () {
    if (process.platform === 'win32') this.skip(); // It has neither `ps` nor signals to send.
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`shows the demo with the extension at work, and leaves nothing after ${signal}`, async () => {
      const start = spawn(process.execPath, [join(PROJECT, 'test/start/main.ts')], {
        env: { ...process.env, PATH: pathWithoutCode() },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        await using browser = await chromium.launch({
          executablePath: findChromium(() => undefined),
          args: ['--no-sandbox', '--disable-gpu'],
        });
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        await page.goto(await addressFrom(start));
        await page.getByRole('tab', { name: 'README.md' }).waitFor({ timeout: LOAD_MS });
        const workbench = new Workbench(browser, page, new Promise(() => {}));
        await workbench.statusBarLabel(READY, LOAD_MS);
        await workbench.openFile('python/paths.py');
        await workbench.goTo(20, 1);
        await workbench.typeForGhost('    return os.path');
        assert.ok(await workbench.waitForGhost(undefined, GHOST_MS));
        await mkdir(PICTURES, { recursive: true });
        await workbench.screenshot(join(PICTURES, 'npm-start.png'));
        const processes = descendants(await allProcesses(), start.pid);
        assert.ok(processes.some(({ args }) => args.endsWith('engine.js')));
        assert.ok(processes.some(({ args }) => args.includes('--type=extensionHost')));

        const exit = once(start, 'exit');
        start.kill(signal);
        assert.deepEqual(await exit, [0, null]);
        const deadlineMs = performance.now() + 10_000;
        while ((await alive(processes)).length > 0 && performance.now() < deadlineMs) await sleep(50);
        assert.deepEqual(await alive(processes), []);
        assert.equal(existsSync(join(PROJECT, '.vscode-test/start', String(start.pid))), false);
      } finally {
        start.kill('SIGTERM');
      }
    });
  }
});

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

async function addressFrom(start: ChildProcess): Promise<string> {
  assert.ok(start.stdout);
  for await (const line of createInterface(start.stdout)) {
    const address = /http:\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('npm start ended without an address.');
}

async function allProcesses(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*?)\s*$/.exec(line) ?? [];
    return args === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
}

function descendants(all: readonly Process[], pid: number | undefined): Process[] {
  return all
    .filter(({ parent }) => parent === pid)
    .flatMap((child) => [child, ...descendants(all, child.pid)]);
}

/** Those that have not ended, nor lie there as zombies. */
async function alive(before: readonly Process[]): Promise<Process[]> {
  const now = await allProcesses();
  return before.filter((old) => now.some(({ pid, args }) => pid === old.pid && args === old.args));
}

/** A desktop VS Code on the PATH would open a window on the screen of whoever runs the tests. */
function pathWithoutCode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, 'code'))).join(delimiter);
}
