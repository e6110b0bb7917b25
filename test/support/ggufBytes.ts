export type Value = string | number | { readonly raw: Buffer };

export interface GgufTensor {
  readonly name: string;
  readonly dimensions: readonly (number | bigint)[];
  readonly offset?: number | bigint;
}

export interface GgufParts {
  readonly metadata?: readonly (readonly [key: string, value: Value])[];
  readonly tensors?: readonly GgufTensor[];
  /** What the header claims, where that is not the truth. */
  readonly metadataCount?: number | bigint;
  readonly tensorCount?: number | bigint;
  readonly version?: number;
}

export const INT32 = 5;
const UINT32 = 4;
const FLOAT32 = 6;
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;
const F32 = 0;

/** The bytes of a GGUF header, true or false: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. */
export function ggufBytes({ metadata = [], tensors = [], ...claims }: GgufParts): Buffer {
  return Buffer.concat([
    Buffer.from('GGUF'),
    uint32(claims.version ?? 3),
    uint64(claims.tensorCount ?? tensors.length),
    uint64(claims.metadataCount ?? metadata.length),
    ...metadata.map(([key, value]) => Buffer.concat([text(key), valueBytes(value)])),
    ...tensors.map(({ name, dimensions, offset = 0 }) =>
      Buffer.concat([
        ...[text(name), uint32(dimensions.length), ...dimensions.map(uint64)],
        ...[uint32(F32), uint64(offset)],
      ]),
    ),
  ]);
}

/** A metadata value that is an array of `count` items of `type`, of which only `items` are there. */
export function arrayValue(type: number, count: number | bigint, items = Buffer.alloc(0)): Value {
  return { raw: Buffer.concat([uint32(ARRAY), uint32(type), uint64(count), items]) };
}

/** A metadata value that is an array of texts, all of them there. */
export function textsValue(texts: readonly string[]): Value {
  return arrayValue(STRING, texts.length, Buffer.concat(texts.map(text)));
}

export function floatValue(value: number): Value {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return { raw: Buffer.concat([uint32(FLOAT32), bytes]) };
}

export function boolValue(value: boolean): Value {
  return { raw: Buffer.concat([uint32(BOOL), Buffer.of(Number(value))]) };
}

/** A metadata value that is a string which claims `length` bytes. */
export function stringValue(length: number | bigint, bytes = ''): Value {
  return { raw: Buffer.concat([uint32(STRING), uint64(length), Buffer.from(bytes)]) };
}

function valueBytes(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([uint32(STRING), text(value)]);
  return typeof value === 'number' ? Buffer.concat([uint32(UINT32), uint32(value)]) : value.raw;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
