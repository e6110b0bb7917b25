import { open } from 'node:fs/promises';
import { EngineError } from '../../rpc/engineError.ts';

const GGUF_MAGIC = 'GGUF';

/**
 * Refuses what is not a readable GGUF file before llama.cpp sees it.
 * @returns the file's size in bytes.
 * @throws EngineError `model-missing`, `model-unreadable` or `not-gguf`.
 */
export async function checkFile(path: string): Promise<number> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4 || buffer.toString('latin1') !== GGUF_MAGIC) {
      throw new EngineError('not-gguf', `${path} is not a GGUF model file.`, { path });
    }
    return size;
  } finally {
    await file.close();
  }
}

async function openFile(path: string) {
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) {
      throw new EngineError(
        'model-missing',
        `There is no model file at ${path}.`,
        { path },
        { cause: error },
      );
    }
    throw new EngineError(
      'model-unreadable',
      `The model file ${path} cannot be read.`,
      { path },
      { cause: error },
    );
  }
  throw new EngineError('not-gguf', `${path} is not a GGUF model file.`, { path });
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
