import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { EngineError } from '../../rpc/engineError.ts';
import type { RemoteFile } from './remoteFile.ts';

/**
 * Holds a fetched file against what the server said of it, and removes it where they differ.
 * @throws EngineError `wrong-download`.
 */
export async function checkDownload(
  path: string,
  { sizeBytes, sha256, url }: RemoteFile,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const wrong = (await wrongStart(path, sizeBytes)) ?? (await wrongHash(path, sha256, onBytes, signal));
  if (wrong === undefined) return;
  await rm(path, { force: true });
  throw new EngineError('wrong-download', `What ${new URL(url).host} sent ${wrong}; it was removed.`, {
    url,
  });
}

async function wrongStart(path: string, sizeBytes: number): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (sizeBytes > 0 && size !== sizeBytes) return `has ${size} bytes instead of ${sizeBytes}`;
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'GGUF' ? undefined : 'is not a GGUF file';
  } finally {
    await file.close();
  }
}

async function wrongHash(
  path: string,
  sha256: string | undefined,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (sha256 === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
    if (!(piece instanceof Buffer)) continue;
    hash.update(piece);
    onBytes(piece.length);
  }
  return hash.digest('hex') === sha256 ? undefined : 'is damaged: its SHA-256 is not the one named';
}
