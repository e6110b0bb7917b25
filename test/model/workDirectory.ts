import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const prefix = '.fetch-';
const staleAfterMs = 10 * 60_000;

/**
 * A directory of one run's own for everything half done, inside the models directory so that the last step can be a
 * rename. Two runs at once thus share no file; one shared partial file with a lock was rejected, because a second
 * download of 98 MB costs less than a lock that survives its owner.
 */
export async function createWorkDirectory(modelsDirectory: string): Promise<string> {
  return await mkdtemp(join(modelsDirectory, `${prefix}${process.pid}-`));
}

export async function removeWorkDirectory(directory: string): Promise<void> {
  // Windows refuses while a killed child or a closing stream still holds a file, hence the retries.
  await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/**
 * Removes the work directories of runs that were killed: their process is gone, or nothing in them was written for
 * ten minutes (process ids come around again, within days on a desktop and at once in containers).
 */
export async function removeLeftovers(modelsDirectory: string): Promise<void> {
  for (const name of await namesIn(modelsDirectory)) {
    if (!name.startsWith(prefix)) {
      continue;
    }
    const directory = join(modelsDirectory, name);
    const processId = Number.parseInt(name.slice(prefix.length), 10);
    if (!isRunning(processId) || (await latestWriteMs(directory)) < Date.now() - staleAfterMs) {
      await removeWorkDirectory(directory);
    }
  }
}

/** The size in bytes of all files below `directory`; a file that vanishes meanwhile counts as nothing. */
export async function sizeOfTree(directory: string): Promise<number> {
  const statuses = await statusesIn(directory);
  return statuses.reduce((sumBytes, status) => sumBytes + (status.isFile() ? status.size : 0), 0);
}

async function latestWriteMs(directory: string): Promise<number> {
  const own = await stat(directory).catch(() => undefined);
  const statuses = await statusesIn(directory);
  return Math.max(own?.mtimeMs ?? 0, ...statuses.map((status) => status.mtimeMs));
}

async function statusesIn(directory: string) {
  const entries = await readdir(directory, { recursive: true }).catch(() => []);
  const statuses = await Promise.all(
    entries.map((entry) => stat(join(directory, entry)).catch(() => undefined)),
  );
  return statuses.filter((status) => status !== undefined);
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
