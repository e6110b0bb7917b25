import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A tokenizer without weights that llama.cpp keeps for its own tests. */
export type VocabularyName = 'deepseek-coder' | 'deepseek-llm' | 'qwen2' | 'starcoder' | 'refact';

const NAMES: readonly VocabularyName[] = ['deepseek-coder', 'deepseek-llm', 'qwen2', 'starcoder', 'refact'];
const LARGEST_BYTES = 32 * 1024 * 1024;

const run = promisify(execFile);
const repositoryRoot = path.resolve(import.meta.dirname, '../../..');

/**
 * The paths of real vocabularies, taken out of the llama.cpp history that node-llama-cpp ships (no network). They are
 * kept in `.models/vocab/<llama.cpp tag>/`; a file appears there whole or not at all, so several runs may do this at
 * once.
 */
export async function realVocabularies(): Promise<Record<VocabularyName, string>> {
  const llama = path.resolve(fileURLToPath(import.meta.resolve('node-llama-cpp')), '../../llama');
  const tag = await releaseTag(path.join(llama, 'llama.cpp.info.json'));
  const folder = path.join(repositoryRoot, '.models', 'vocab', tag);
  const paths = {
    'deepseek-coder': path.join(folder, 'ggml-vocab-deepseek-coder.gguf'),
    'deepseek-llm': path.join(folder, 'ggml-vocab-deepseek-llm.gguf'),
    qwen2: path.join(folder, 'ggml-vocab-qwen2.gguf'),
    starcoder: path.join(folder, 'ggml-vocab-starcoder.gguf'),
    refact: path.join(folder, 'ggml-vocab-refact.gguf'),
  };
  const missing = NAMES.filter((name) => !existsSync(paths[name]));
  if (missing.length > 0) await extract(path.join(llama, 'gitRelease.bundle'), folder, missing, paths);
  return paths;
}

async function extract(
  bundle: string,
  folder: string,
  names: readonly VocabularyName[],
  paths: Readonly<Record<VocabularyName, string>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(path.join(folder, '.unpack-'));
  try {
    const clone = path.join(work, 'llama.cpp.git');
    await git('clone', '--quiet', '--bare', bundle, clone);
    for (const name of names) {
      const content = await git('-C', clone, 'show', `HEAD:models/ggml-vocab-${name}.gguf`);
      const whole = path.join(work, name);
      await writeFile(whole, content);
      await rename(whole, paths[name]);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function git(...args: string[]): Promise<Buffer> {
  // Inside a git hook GIT_DIR and its kin point at our own repository.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const { stdout } = await run('git', args, { env, encoding: 'buffer', maxBuffer: LARGEST_BYTES });
  return stdout;
}

async function releaseTag(infoFile: string): Promise<string> {
  const info: unknown = JSON.parse(await readFile(infoFile, 'utf8'));
  if (typeof info === 'object' && info !== null && 'tag' in info && typeof info.tag === 'string') {
    return path.basename(info.tag);
  }
  throw new Error(`${infoFile} names no llama.cpp release`);
}
