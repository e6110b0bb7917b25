import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Files, TemporaryFolder } from '../../support/temporaryFolder.ts';
import { enter } from './enter.ts';
import { type Limits, LIMITS } from './limits.ts';
import { killTree, processTree } from './processTree.ts';

/** Code that nobody has read: it may do anything, and is to cost one failed sample. */
export interface Job {
  /** By name, in the folder it runs in. */
  readonly files: Files;
  /** Commands, one after the other until one fails. */
  readonly steps: readonly (readonly string[])[];
  /** Folders of the machine that it may read, beside the system's own. */
  readonly shown: readonly string[];
  /** All of its environment beside PATH, HOME and TMPDIR. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Outcome {
  /** `exit`: by itself, or by a limit that the kernel holds. Otherwise what was too much, and everything was killed. */
  readonly ending: 'exit' | 'time' | 'memory' | 'output';
  /** 128 and the signal's number where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const WATCH_MS = 200;

/** Runs a job to its end, within limits. Nothing of it is left: no process, no file. Linux. */
export async function runInSandbox(job: Job, limits: Limits = LIMITS): Promise<Outcome> {
  const folder = await TemporaryFolder.with(
    Object.fromEntries(Object.entries(job.files).map(([name, content]) => [join('job', name), content])),
  );
  try {
    await mkdir(join(folder.path, 'root'));
    await mkdir(join(folder.path, 'job'), { recursive: true });
    const command = enter(
      {
        root: join(folder.path, 'root'),
        job: join(folder.path, 'job'),
        shown: job.shown,
        limits,
        script: scriptOf(job),
      },
      process.getuid?.() === 0,
    );
    return await watch(command, limits);
  } finally {
    await folder.remove();
  }
}

/** Whether code can be run in here on this machine; if not, why. */
export async function sandboxProblem(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'needs Linux';
  const { exitCode, stderr } = await runInSandbox({
    files: {},
    steps: [['true']],
    shown: [],
    environment: {},
  }).catch((error: unknown) => ({ exitCode: undefined, stderr: String(error) }));
  return exitCode === 0 ? undefined : `namespaces are not allowed here (${stderr.trim()})`;
}

/** The shell stays: the namespaces' first process must not be the job itself, which could leave the group. */
function scriptOf({ steps, environment }: Job): string {
  const variables = { PATH: '/usr/bin:/bin', HOME: '/job', TMPDIR: '/tmp', ...environment };
  const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const commands = steps.map((step) => ['env', '-i', ...set, ...step].map(quoted).join(' '));
  return `cd /job && ${commands.join(' && ')}; exit $?`;
}

function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

function watch([command = '', ...args]: readonly string[], limits: Limits): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // Detached makes it lead a group of its own.
    const child = spawn(command, args, {
      detached: true,
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let ending: Outcome['ending'] = 'exit';
    const end = (why: Outcome['ending']): void => {
      if (ending === 'exit') ending = why;
      if (child.pid !== undefined) void killTree(child.pid);
    };
    const stdout = collect(child.stdout, limits.outputBytes, () => end('output'));
    const stderr = collect(child.stderr, limits.outputBytes, () => end('output'));
    const timer = setTimeout(() => end('time'), 1000 * limits.wallSeconds);
    const memory = setInterval(() => {
      void treeBytes(child.pid).then((bytes) => {
        if (bytes > limits.treeBytes) end('memory');
      });
    }, WATCH_MS);
    const settle = (): void => {
      clearTimeout(timer);
      clearInterval(memory);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      resolve({ ending, exitCode: code ?? undefined, stdout: stdout(), stderr: stderr() });
    });
  });
}

/** @returns what came, at most `limit` bytes of it. */
function collect(stream: NodeJS.ReadableStream, limit: number, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < limit) chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= limit) tooMuch();
  });
  return () => Buffer.concat(chunks).subarray(0, limit).toString('utf8');
}

async function treeBytes(pid: number | undefined): Promise<number> {
  const tree = pid === undefined ? [] : await processTree(pid);
  return tree.reduce((sum, each) => sum + each.residentBytes, 0);
}
