import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './cleanEnvironment.ts';
import { freePort } from './freePort.ts';
import type { InstalledServer } from './installServer.ts';
import { killTree, killTreeAtExit } from './killTree.ts';
import { defaultUserSettings, type Settings } from './settings.ts';

export interface ServerOptions {
  readonly server: InstalledServer;
  /** Laid over {@link defaultUserSettings}. */
  readonly userSettings?: Settings;
  /** What the remote machine's settings.json holds; it wins over the user's. */
  readonly machineSettings?: Settings;
  /** Variables for the server, and so for the extension host, on top of a scrubbed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Asks whether a folder is trusted, as VS Code does for users. Off unless a test is about trust. */
  readonly workspaceTrust?: boolean;
  /** Server data, extensions and log go here and stay. Without it a temporary folder that dispose removes. */
  readonly folder?: string;
}

/** A running VS Code server with profile and extensions folder of its own. */
export interface RunningServer extends AsyncDisposable {
  /** `127.0.0.1:port`, the authority of `vscode-remote:` URIs on this server. */
  readonly authority: string;
  /** Everything the server and its extension hosts wrote. */
  readonly logFile: string;
  /** Replaces the user settings. A workbench opened afterwards starts with them; an open one need not notice. */
  writeUserSettings(settings: Settings): Promise<void>;
  /** Forgets unsaved files of closed workbenches, which VS Code would open again in the next one. */
  discardUnsaved(): Promise<void>;
  /** Kills the server with all its children. */
  dispose(): Promise<void>;
}

/**
 * Starts VS Code's server on a free loopback port and waits until it answers.
 *
 * User settings are a file here, `data/User/settings.json` under the server's data folder: code-server's build
 * keeps the profile with the server, where upstream's web build keeps it in the browser. Machine settings are
 * next to it, in `data/Machine/settings.json`.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'deepwell-vscode-')));
  const data = join(folder, 'server-data');
  const userSettingsFile = join(data, 'data', 'User', 'settings.json');
  const writeUserSettings = (settings: Settings) =>
    writeJson(userSettingsFile, { ...defaultUserSettings, ...settings });
  await writeUserSettings(options.userSettings ?? {});
  await writeJson(join(data, 'data', 'Machine', 'settings.json'), options.machineSettings ?? {});
  await mkdir(join(folder, 'extensions'), { recursive: true });

  const port = await freePort();
  const logFile = join(folder, 'server.log');
  const child = await spawnServer(options, port, data, join(folder, 'extensions'), logFile);
  const forgetAtExit = killTreeAtExit(child);
  const dispose = async () => {
    forgetAtExit();
    await killTree(child);
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await waitUntilItAnswers(`http://127.0.0.1:${port}/version`, child);
  } catch (error) {
    const output = await readFile(logFile, 'utf8');
    await dispose();
    throw new Error(`${String(error)} Its output:\n${output}`, { cause: error });
  }
  return {
    authority: `127.0.0.1:${port}`,
    logFile,
    writeUserSettings,
    discardUnsaved: () => rm(join(data, 'data', 'User', 'Backups'), { recursive: true, force: true }),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

async function spawnServer(
  options: ServerOptions,
  port: number,
  data: string,
  extensions: string,
  logFile: string,
): Promise<ChildProcess> {
  const log = await open(logFile, 'a');
  try {
    return spawn(
      options.server.node,
      [
        options.server.serverMain,
        ...['--host', '127.0.0.1', '--port', String(port)],
        ...['--server-data-dir', data, '--extensions-dir', extensions],
        '--without-connection-token',
        '--accept-server-license-terms',
        '--disable-telemetry',
        // Seconds; the default of three hours keeps the extension host of every closed page running.
        ...['--reconnection-grace-time', '5'],
        // Only with this flag does a built server honour extensionDevelopmentPath and extensionTestsPath.
        '--enable-smoke-test-driver',
        ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ],
      {
        env: cleanEnvironment(options.env),
        stdio: ['ignore', log.fd, log.fd],
        detached: process.platform !== 'win32',
      },
    );
  } finally {
    await log.close();
  }
}

async function waitUntilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error("VS Code's server ended at start.");
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
  throw new Error(`VS Code's server did not answer within ${startTimeoutMs / 1000} s.`);
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify(value, undefined, 2));
}

const startTimeoutMs = 60_000;
