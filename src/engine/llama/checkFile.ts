import { open, stat } from 'node:fs/promises';
import { EngineError } from '../../rpc/engineError.ts';
import { checkHeader } from './checkHeader.ts';

const GGUF_MAGIC = 'GGUF';

/**
 * Refuses what is not a readable GGUF file before llama.cpp sees it.
 * @returns the file's size in bytes.
 * @throws EngineError `model-missing`, `model-unreadable`, `not-gguf` or `truncated`.
 */
export async function checkFile(path: string): Promise<number> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4 || buffer.toString('latin1') !== GGUF_MAGIC) {
      throw new EngineError('not-gguf', `${path} is not a GGUF model file.`, { path });
    }
    refuseDamagedHeader(path, size);
    return size;
  } finally {
    await file.close();
  }
}

function refuseDamagedHeader(path: string, size: number): void {
  try {
    checkHeader(path, size);
  } catch (error) {
    throw new EngineError(
      'truncated',
      `The model file ${path} is incomplete or damaged: its header cannot be read.`,
      { path },
      { cause: error },
    );
  }
}

async function openFile(path: string) {
  try {
    // Looked at before it is opened: opening a pipe would wait for its other end.
    if ((await stat(path)).isFile()) return await open(path, 'r');
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
