import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';

const Sidecar = v.object({ sizeBytes: v.number(), mtimeMs: v.number(), sha256: v.string() });

/**
 * Whether the file at `path` is there and has one of `acceptedSha256`. The file is read only where its `.ok`
 * sidecar does not vouch for this very size and modification time; a successful reading writes the sidecar.
 */
export async function verifyModel(
  path: string,
  acceptedSha256: readonly string[],
  signal?: AbortSignal,
): Promise<'ok' | 'missing' | 'wrong'> {
  const status = await statOrUndefined(path);
  if (status === undefined) {
    return 'missing';
  }
  const sidecar = await readSidecar(path);
  if (
    sidecar?.sizeBytes === status.size &&
    sidecar.mtimeMs === status.mtimeMs &&
    acceptedSha256.includes(sidecar.sha256)
  ) {
    return 'ok';
  }
  const sha256 = await sha256OfFile(path, signal);
  if (!acceptedSha256.includes(sha256)) {
    return 'wrong';
  }
  // In a read-only cache the model is as good without a sidecar, only slower to vouch for.
  await writeSidecar(path, sha256).catch(() => undefined);
  return 'ok';
}

/** Lower-case hex. Throws the signal's reason when aborted. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}

/** Records that the file as it now stands has been hashed. A half-written sidecar is read as none. */
export async function writeSidecar(path: string, sha256: string): Promise<void> {
  const { size, mtimeMs } = await stat(path);
  await writeFile(sidecarPath(path), `${JSON.stringify({ sizeBytes: size, mtimeMs, sha256 })}\n`);
}

/** Removes the file and its sidecar, the sidecar first: it must never outlive what it vouches for. */
export async function removeModel(path: string): Promise<void> {
  await rm(sidecarPath(path), { force: true });
  await rm(path, { force: true });
}

function sidecarPath(path: string): string {
  return `${path}.ok`;
}

async function readSidecar(path: string): Promise<v.InferOutput<typeof Sidecar> | undefined> {
  try {
    return v.parse(Sidecar, JSON.parse(await readFile(sidecarPath(path), 'utf8')));
  } catch {
    return undefined; // Missing or damaged, the file is simply hashed again.
  }
}

async function statOrUndefined(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
