import { fork } from 'node:child_process';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { describeError, type Log, nullLog } from '../base/log.ts';
import type { Transport } from '../rpc/rpcClient.ts';

/** A running process of our own, engine or index, as far as its supervisor cares. */
export interface ForkedProcess {
  readonly transport: Transport;
  readonly pid: number | undefined;
  /** Settles when the process has ended, with how. */
  readonly exited: Promise<string>;
  kill(): void;
}

/** Variables that would change how the child's Node starts, or hand it the editor's own secrets. */
const SCRUBBED = /^(NODE_OPTIONS|NODE_V8_COVERAGE|VSCODE_.*|ELECTRON_.*)$/;

/**
 * Starts a bundle of ours in a process of its own. `fork` blocks its caller for about 30 ms: never call it in
 * `activate` or between two keys.
 *
 * @param logPath where its output goes; a pipe would need the host to read it. Where it cannot be opened, `log`
 * hears of it and the process runs without.
 */
export async function forkProcess(
  bundlePath: string,
  logPath: string,
  log: Log = nullLog,
): Promise<ForkedProcess> {
  const output = await openOutput(logPath, log);
  try {
    const child = fork(bundlePath, [], {
      execArgv: [],
      env: { ...scrubbedEnvironment(), ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
      stdio: ['ignore', output?.fd ?? 'ignore', output?.fd ?? 'ignore', 'ipc'],
      windowsHide: true,
    });
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
      child.once('error', (error) => resolve(error.message));
    });
    return {
      transport: { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) },
      pid: child.pid,
      exited,
      kill: () => void child.kill('SIGKILL'),
    };
  } finally {
    await output?.close();
  }
}

async function openOutput(path: string, log: Log): Promise<FileHandle | undefined> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await open(path, 'a');
  } catch (error) {
    log.warn(`${path} cannot be written: ${describeError(error).split('\n', 1)[0]}`);
    return undefined;
  }
}

function scrubbedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !SCRUBBED.test(name)));
}
