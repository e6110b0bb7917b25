import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PROJECT } from '../support/paths.ts';
import { RegistryUnreachableError } from '../vscode/runNpm.ts';
import { openInBrowser, ServerFailedError } from './browser.ts';
import { DesktopFailedError, findDesktop, openOnDesktop } from './desktop.ts';
import { makeProfile } from './profile.ts';

/** `npm start`: VS Code with the extension and the demo workspace, until it is closed or stopped. */
async function start(signal: AbortSignal): Promise<void> {
  say('Building the extension.');
  await build(signal);
  await using profile = await makeProfile();
  say(`The demo workspace is a copy, removed at the end: ${profile.workspace}`);
  const desktop = findDesktop();
  if (desktop !== undefined) await openOnDesktop(desktop, profile, say, signal);
  else await openInBrowser(profile, say, signal);
}

async function build(signal: AbortSignal): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['esbuild.config.mjs'], { cwd: PROJECT, signal });
  } catch (error) {
    throw new BuildFailedError(error);
  }
}

class BuildFailedError extends Error {
  override name = 'BuildFailedError';
  constructor(cause: unknown) {
    const messages = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    super(`The extension could not be built:\n${messages}`, { cause });
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Not `once`: a second Ctrl+C must not end us before all is cleaned up.
  process.on(signal, () => stopping.abort(new Error('stopped')));
}
// npm passes SIGTERM on to the shell between us, and that dies of it without a word.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stopping.abort(new Error('stopped'));
}, 500).unref();
try {
  await start(stopping.signal);
} catch (error) {
  if (!stopping.signal.aborted) {
    const expected =
      error instanceof RegistryUnreachableError ||
      error instanceof DesktopFailedError ||
      error instanceof ServerFailedError ||
      error instanceof BuildFailedError;
    process.stderr.write(`${expected ? error.message : describe(error)}\n`);
    process.exitCode = 1;
  }
}
if (stopping.signal.aborted) say('Stopped.');
// A downloader that was given up may go on trying for minutes; unref'd, this timer delays nobody else.
setTimeout(() => process.exit(), 500).unref();

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
