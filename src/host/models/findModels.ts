import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FoundModel } from '../../core/ports/modelFiles.ts';
import type { ModelFolder } from './modelFolders.ts';
import { ollamaModels } from './ollamaModels.ts';
import { walk, WalkBudget, type WalkedFile } from './walk.ts';

const MAX_DEPTH = 6;
const MAX_ENTRIES = 20_000;
const MAX_MS = 3_000;
const MAX_MODELS = 200;

const PART = /-(\d{5})-of-(\d{5})\.gguf$/i;

/** Files that hold no model which writes text, as far as a name tells: images' halves, embeddings, vocabularies. */
const NOT_A_WRITER = /mmproj|ggml-vocab|embed|rerank|\bbge-|minilm|\be5-|\blora\b/i;

/** Names of models made for code: they are what someone who completes code looks for. */
const FOR_CODE = /cod(e|er|ing)|starcoder|codestral|mellum|refact|granite.*code/i;

type Candidate = WalkedFile & { readonly name: string; readonly source: string };

/**
 * Model files in these folders, each once, those made for code first and small before large. Bounded in depth, number
 * and time; what cannot be read is passed over.
 *
 * @param memoryBytes all memory of the machine: files larger than that come last.
 */
export async function findModels(
  folders: readonly ModelFolder[],
  memoryBytes: number,
  budget = new WalkBudget(MAX_ENTRIES, MAX_MS),
): Promise<readonly FoundModel[]> {
  const found = new Map</* real path */ string, FoundModel>();
  for (const folder of folders) {
    for (const { realPath, path, name, sizeBytes, source } of whole(await candidates(folder, budget))) {
      if (found.has(realPath) || found.size >= MAX_MODELS) continue;
      if (NOT_A_WRITER.test(name) || !(await isGguf(path))) continue;
      found.set(realPath, { path, name, sizeBytes, source });
    }
  }
  const rank = ({ name, sizeBytes }: FoundModel): number =>
    (sizeBytes > memoryBytes ? 2 : 0) + (FOR_CODE.test(name) ? 0 : 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.sizeBytes - b.sizeBytes);
}

async function candidates({ path, layout, source }: ModelFolder, budget: WalkBudget): Promise<Candidate[]> {
  const all: Candidate[] = [];
  if (layout === 'ollama') {
    for await (const model of ollamaModels(path, budget)) all.push({ ...model, source });
    return all;
  }
  for await (const file of walk(path, MAX_DEPTH, budget)) {
    if (!/\.gguf$/i.test(file.path)) continue;
    if (layout === 'hub' && !/[\\/]snapshots[\\/]/.test(file.path)) continue;
    all.push({ ...file, source, name: basename(file.path).replace(/\.gguf$/i, '') });
  }
  return all;
}

/** Puts the parts of split models together under their first one; those that lack a part are left out. */
function whole(files: readonly Candidate[]): Candidate[] {
  const sizes = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]));
  return files.flatMap((file) => {
    const match = PART.exec(file.path);
    if (match === null) return [file];
    const parts = Number(match[2]);
    if (Number(match[1]) !== 1 || parts > 1000) return [];
    let sizeBytes = 0;
    for (let part = 1; part <= parts; part++) {
      const number = String(part).padStart(5, '0');
      const size = sizes.get(`${file.path.slice(0, match.index)}-${number}-of-${match[2]}.gguf`);
      if (size === undefined) return [];
      sizeBytes += size;
    }
    return [{ ...file, sizeBytes, name: file.name.replace(/-\d{5}-of-\d{5}$/, '') }];
  });
}

async function isGguf(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.toString('latin1') === 'GGUF';
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
