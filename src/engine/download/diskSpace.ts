import { stat, statfs } from 'node:fs/promises';
import { EngineError } from '../../rpc/engineError.ts';

/** What must stay free: a disk filled to the last byte troubles everything else on it. */
const SPARE_BYTES = 200e6;

type FreeBytes = (directory: string) => Promise<number>;

/**
 * Refuses a download that the disk has no room for, with the numbers.
 * @throws EngineError `disk-full`.
 */
export async function refuseFullDisk(
  directory: string,
  neededBytes: number,
  freeBytes: FreeBytes = freeBytesOf,
): Promise<void> {
  const free = await freeBytes(directory);
  if (neededBytes === 0 || free >= neededBytes + SPARE_BYTES) return;
  throw new EngineError(
    'disk-full',
    `The download needs ${gigabytes(neededBytes)} more, but only ${gigabytes(free)} are free in ${directory}.`,
    { neededBytes, freeBytes: free, directory },
  );
}

/** Bytes a file takes on its disk; 0 where there is none. One that is being fetched has holes. */
export async function bytesOnDisk(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  // Windows does not say.
  return process.platform === 'win32' ? found.size : Math.min(found.size, found.blocks * 512);
}

async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
