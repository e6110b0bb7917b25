import { closeSync, openSync, readSync } from 'node:fs';

/** No model's header comes near this; a damaged one may claim anything. */
const MAX_HEADER_BYTES = 256 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

/** Bytes of a metadata value by GGUF value type, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. */
const SCALAR_BYTES = new Map<number, number>([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
const STRING = 8;
const ARRAY = 9;

const SHORTEST_STRING_BYTES = 8;
const SHORTEST_ENTRY_BYTES = SHORTEST_STRING_BYTES + 4 + 1;
const SHORTEST_TENSOR_BYTES = SHORTEST_STRING_BYTES + 4 + 4 + 8;
const MAX_DIMENSIONS = 8;

/**
 * Walks a GGUF header and holds every count and length in it against the file's size. The library's own reader takes
 * zeros for what lies behind a file's end, and lengths for true: a cut or hostile header would fill the memory.
 *
 * @throws Error saying what is wrong.
 */
export function checkHeader(path: string, fileBytes: number): void {
  const reader = new HeaderReader(path, Math.min(fileBytes, MAX_HEADER_BYTES));
  try {
    reader.skip(4 /* magic */ + 4 /* version */);
    const tensors = reader.count(0);
    const entries = reader.count(SHORTEST_ENTRY_BYTES);
    for (let i = 0; i < entries; i++) {
      reader.skip(reader.count(1));
      skipValue(reader, reader.uint32());
    }
    reader.refuseCount(tensors, SHORTEST_TENSOR_BYTES);
    for (let i = 0; i < tensors; i++) skipTensor(reader, fileBytes);
  } finally {
    reader.close();
  }
}

function skipValue(reader: HeaderReader, type: number): void {
  if (type === STRING) return reader.skip(reader.count(1));
  if (type !== ARRAY) return reader.skip(scalarBytes(type));
  const itemType = reader.uint32();
  if (itemType !== STRING) {
    const itemBytes = scalarBytes(itemType);
    return reader.skip(reader.count(itemBytes) * itemBytes);
  }
  const items = reader.count(SHORTEST_STRING_BYTES);
  for (let i = 0; i < items; i++) reader.skip(reader.count(1));
}

function skipTensor(reader: HeaderReader, fileBytes: number): void {
  reader.skip(reader.count(1));
  const dimensions = reader.uint32();
  if (dimensions > MAX_DIMENSIONS) throw new Error(`A tensor claims ${dimensions} dimensions.`);
  reader.skip(8 * dimensions + 4 /* type */);
  const offset = reader.uint64();
  if (offset > fileBytes) throw new Error(`A tensor begins at ${offset}, behind the file's end.`);
}

function scalarBytes(type: number): number {
  const bytes = SCALAR_BYTES.get(type);
  if (bytes === undefined) throw new Error(`Metadata of type ${type} is not known.`);
  return bytes;
}

/** Reads forward through a file, in large pieces: a vocabulary is a few 100,000 short strings. */
class HeaderReader {
  private readonly _file: number;
  private readonly _endBytes: number;
  private _position = 0;
  private _piece = Buffer.alloc(0);
  private _pieceStart = 0;

  constructor(path: string, endBytes: number) {
    this._file = openSync(path, 'r');
    this._endBytes = endBytes;
  }

  close(): void {
    closeSync(this._file);
  }

  skip(bytes: number): void {
    this.refuseCount(bytes, 1);
    this._position += bytes;
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  uint64(): number {
    return Number(this.take(8).readBigUInt64LE());
  }

  /** A number of things that follow, each of them at least `bytesEach` long. */
  count(bytesEach: number): number {
    const count = this.uint64();
    this.refuseCount(count, bytesEach);
    return count;
  }

  refuseCount(count: number, bytesEach: number): void {
    if (count * bytesEach <= this._endBytes - this._position) return;
    throw new Error(`At ${this._position} the header needs more bytes than there are.`);
  }

  private take(bytes: number): Buffer {
    this.refuseCount(bytes, 1);
    const start = this._position - this._pieceStart;
    this._position += bytes;
    if (start + bytes <= this._piece.length) return this._piece.subarray(start, start + bytes);
    this._pieceStart = this._position - bytes;
    const piece = Buffer.alloc(READ_BYTES);
    this._piece = piece.subarray(0, readSync(this._file, piece, 0, READ_BYTES, this._pieceStart));
    if (this._piece.length < bytes) throw new Error('The file ends in its header.');
    return this._piece.subarray(0, bytes);
  }
}
