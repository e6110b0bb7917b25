import { statfs } from 'node:fs/promises';
import { StorageError } from './errors.ts';

/** Throws `StorageError` where the file system that holds `directory` has less than `neededBytes` to give. */
export async function assertFreeSpace(directory: string, neededBytes: number): Promise<void> {
  const fileSystem = await statfs(directory);
  // Some network file systems report zero blocks in all; they say nothing about free space.
  if (fileSystem.blocks > 0 && fileSystem.bavail * fileSystem.bsize < neededBytes) {
    throw diskFull(directory, neededBytes);
  }
}

/**
 * A full disk, a missing permission or a file in the directory's place, as a `StorageError`; `undefined` for any
 * other error. A refused `connect` also carries EACCES or EPERM behind some firewalls: that is no storage error.
 */
export function asStorageError(error: unknown, directory: string): StorageError | undefined {
  if (error instanceof StorageError) {
    return error;
  }
  if (
    !(error instanceof Error) ||
    !('code' in error) ||
    ('syscall' in error && error.syscall === 'connect')
  ) {
    return undefined;
  }
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(directory, undefined, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return notWritable(directory, error);
    case 'ENOTDIR':
    case 'EEXIST':
      return new StorageError(
        `${directory} cannot hold the test model because a file stands where a directory is needed; ` +
          'move that file away and run "npm run model" again.',
        { cause: error },
      );
    default:
      return undefined;
  }
}

export function diskFull(directory: string, neededBytes?: number, cause?: unknown): StorageError {
  const needed = neededBytes === undefined ? '' : ` (${Math.ceil(neededBytes / 1e6)} MB are needed)`;
  return new StorageError(
    `The disk that holds ${directory} is too full for the test model${needed}; ` +
      'make room and run "npm run model" again.',
    { cause },
  );
}

export function notWritable(directory: string, cause?: unknown): StorageError {
  return new StorageError(
    `The test model cannot be written because there is no permission to write in ${directory}; ` +
      'change the permissions and run "npm run model" again.',
    { cause },
  );
}
