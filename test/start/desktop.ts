import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT } from '../support/paths.ts';
import { killTree } from '../vscode/killTree.ts';
import { type Profile, START_SETTINGS, writeSettings } from './profile.ts';

/**
 * The `code` command of a desktop VS Code on the PATH. In a terminal of a window that is connected to this machine,
 * `code` is another program, which only talks to that window.
 */
export function findDesktop(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (environment['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Opens a window in a VS Code process of its own, and returns when it is closed or the signal aborts. */
export async function openOnDesktop(
  command: string,
  profile: Profile,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const userData = join(profile.folder, 'user-data');
  await writeSettings(join(userData, 'User', 'settings.json'), START_SETTINGS);
  say(`Opening ${command}; closing the window or Ctrl+C ends it.`);
  const child = spawnCode(command, [
    profile.workspace,
    `--extensionDevelopmentPath=${PROJECT}`,
    ...['--user-data-dir', userData, '--extensions-dir', profile.extensions],
    '--disable-workspace-trust',
    '--new-window',
    '--wait',
  ]);
  try {
    const [code] = (await once(child, 'exit', { signal })) as [number | null];
    if (code !== 0) throw new DesktopFailedError(command, code);
  } finally {
    await endMainProcess(join(userData, 'code.lock'), child);
    await killTree(child);
  }
}

export class DesktopFailedError extends Error {
  override name = 'DesktopFailedError';
  constructor(command: string, code: number | null) {
    super(`${command} ended with exit code ${code}: start it by hand to see why, or take it off the PATH.`);
  }
}

function spawnCode(command: string, args: readonly string[]): ChildProcess {
  const options = { env: environment(), stdio: 'inherit' as const };
  // A `.cmd` file takes a shell.
  if (process.platform === 'win32') {
    return spawn([command, ...args].map((part) => `"${part}"`).join(' '), { ...options, shell: true });
  }
  return spawn(command, args, { ...options, detached: true });
}

/** Without what an integrated terminal or npm adds, which would change how VS Code starts. */
function environment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_.*|ELECTRON_.*|NODE_OPTIONS|npm_.*)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * `code` only asks the main process for a window, and on macOS that process outlives its windows. Its id is in
 * `code.lock`, which VS Code writes when it starts and removes when it ends.
 */
async function endMainProcess(lockFile: string, command: ChildProcess): Promise<void> {
  const deadline = Date.now() + endTimeoutMs;
  const inTime = () => Date.now() < deadline;
  let pid = await readPid(lockFile);
  while (pid === undefined && inTime() && command.exitCode === null && command.signalCode === null) {
    // Stopped while it was still starting.
    await sleep(100);
    pid = await readPid(lockFile);
  }
  if (pid === undefined || !signalTo(pid, 'SIGTERM')) return;
  while (inTime() && signalTo(pid, 0)) await sleep(100);
  signalTo(pid, 'SIGKILL');
}

async function readPid(lockFile: string): Promise<number | undefined> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** Whether there is such a process. */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

const endTimeoutMs = 10_000;
