import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { PROJECT } from '../support/paths.ts';
import { cleanEnvironment } from '../vscode/cleanEnvironment.ts';
import { freePort } from '../vscode/freePort.ts';
import { ensureServer, type InstalledServer } from '../vscode/installServer.ts';
import { killTree } from '../vscode/killTree.ts';
import { type Profile, START_SETTINGS, writeSettings } from './profile.ts';

/**
 * Runs VS Code's server on this machine until the signal aborts, and says the address to open in a browser.
 *
 * Not the tests' startServer: its test driver hides notifications. Without that driver the server takes no extension
 * under development either, so the checkout is installed, by a link in the profile's extensions folder.
 */
export async function openInBrowser(
  profile: Profile,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const server = await ensureServer(say);
  signal.throwIfAborted();
  const data = join(profile.folder, 'server-data', 'data');
  await writeSettings(join(data, 'User', 'settings.json'), START_SETTINGS);
  // A junction needs no rights on Windows; elsewhere the kind is ignored.
  await symlink(PROJECT, join(profile.extensions, 'deepwell.deepwell-0.0.0'), 'junction');

  say("Starting VS Code's server.");
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  const logFile = join(profile.folder, 'server.log');
  const child = await spawnServer(server, profile, port, token, logFile);
  const ended = once(child, 'exit');
  try {
    await waitUntilItAnswers(`http://127.0.0.1:${port}/version`, child, logFile, signal);
    const url = new URL(`http://127.0.0.1:${port}/`);
    url.searchParams.set('tkn', token);
    url.searchParams.set('folder', decodeURIComponent(pathToFileURL(profile.workspace).pathname));
    say(`Open in a browser: ${url.href}`);
    say('Ctrl+C ends it.');
    await Promise.race([ended, once(signal, 'abort')]);
    if (!signal.aborted) throw new ServerFailedError('ended', await readFile(logFile, 'utf8'));
  } finally {
    await killTree(child);
  }
}

export class ServerFailedError extends Error {
  override name = 'ServerFailedError';
  constructor(what: string, output: string) {
    super(`VS Code's server ${what}. Its output:\n${output.trim()}`);
  }
}

async function spawnServer(
  server: InstalledServer,
  profile: Profile,
  port: number,
  token: string,
  logFile: string,
): Promise<ChildProcess> {
  const log = await open(logFile, 'a');
  try {
    const args = [
      server.serverMain,
      ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
      ...['--server-data-dir', join(profile.folder, 'server-data'), '--extensions-dir', profile.extensions],
      '--accept-server-license-terms',
      '--disable-telemetry',
      '--disable-workspace-trust',
    ];
    return spawn(server.node, args, {
      env: cleanEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      // A process group of its own, which killTree ends as a whole.
      detached: process.platform !== 'win32',
    });
  } finally {
    await log.close();
  }
}

async function waitUntilItAnswers(
  url: string,
  child: ChildProcess,
  logFile: string,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    signal.throwIfAborted();
    try {
      if ((await fetch(url, { signal })).ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
  throw new ServerFailedError('did not start', await readFile(logFile, 'utf8'));
}

const startTimeoutMs = 60_000;
