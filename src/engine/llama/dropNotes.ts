import { open } from 'node:fs/promises';

/** The downloader's notes list the parts that are there: some bytes each. */
const LARGEST_NOTES_BYTES = 1024 * 1024;

/**
 * Cuts the downloader's notes off a whole file. It keeps them behind the last byte while it works and cuts them off at the end, but
 * notes that were still being written then stand there again, now and then on a busy machine (ipull's `ftruncate` does not
 * wait for `saveMedataAfterFile`). Whatever else stands there stays.
 *
 * @param sizeBytes as the server named it; 0 where it did not.
 */
export async function dropNotes(path: string, sizeBytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const length = size - sizeBytes;
    if (sizeBytes === 0 || length <= 0 || length > LARGEST_NOTES_BYTES) return;
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, sizeBytes);
    if (isJsonObject(buffer.toString('utf8'))) await file.truncate(sizeBytes);
  } finally {
    await file.close();
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
