import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMark, FilePlace } from '../store/store.ts';
import { LARGEST_FILE_BYTES } from './leftOut.ts';

export interface Source {
  readonly mark: FileMark;
  /** With LF between its lines; bytes that are no UTF-8 are U+FFFD. */
  readonly text: string;
}

/** Size and time of a file that is one, and no link; undefined where there is none. */
export async function statSource({ root, path }: FilePlace): Promise<Omit<FileMark, 'hash'> | undefined> {
  const found = await lstat(join(root, path)).catch(() => undefined);
  return found?.isFile() ? { sizeBytes: found.size, mtimeMs: found.mtimeMs } : undefined;
}

/** @returns undefined where the file has vanished, cannot be read, or has grown too large since it was looked at. */
export async function readSource(
  { root, path }: FilePlace,
  stat: Omit<FileMark, 'hash'>,
): Promise<Source | undefined> {
  const bytes = await readFile(join(root, path)).catch(() => undefined);
  if (bytes === undefined || bytes.length > LARGEST_FILE_BYTES) return undefined;
  const hash = createHash('sha1').update(bytes).digest('base64');
  return { mark: { ...stat, hash }, text: withLf(bytes.toString('utf8')) };
}

export function withLf(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
}
