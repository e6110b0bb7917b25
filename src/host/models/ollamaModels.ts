import { readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { walk, type WalkBudget, type WalkedFile } from './walk.ts';

/** registry / namespace / model / tag. */
const MANIFEST_DEPTH = 4;
const MAX_MANIFEST_BYTES = 256 * 1024;
const MODEL_LAYER = 'application/vnd.ollama.image.model';
const DIGEST = /^sha256:([0-9a-f]{64})$/;

/** Models of Ollama: the file names say nothing, a manifest for each model names its file. */
export async function* ollamaModels(
  folder: string,
  budget: WalkBudget,
): AsyncGenerator<WalkedFile & { readonly name: string }, void, void> {
  const manifests = join(folder, 'manifests');
  for await (const manifest of walk(manifests, MANIFEST_DEPTH, budget)) {
    if (manifest.sizeBytes > MAX_MANIFEST_BYTES) continue;
    const hash = modelHash(await readFile(manifest.path, 'utf8').catch(() => ''));
    if (hash === undefined) continue;
    const path = join(folder, 'blobs', `sha256-${hash}`);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    const name = modelName(relative(manifests, manifest.path).split(sep));
    yield { path, name, sizeBytes: found.size, realPath: path };
  }
}

function modelHash(manifest: string): string | undefined {
  let layers: unknown;
  try {
    layers = field(JSON.parse(manifest), 'layers');
  } catch {
    return undefined;
  }
  if (!Array.isArray(layers)) return undefined;
  const model: unknown = layers.find((layer: unknown) => field(layer, 'mediaType') === MODEL_LAYER);
  return DIGEST.exec(String(field(model, 'digest')))?.[1];
}

/** As `ollama list` writes it: without the registry and the namespace that it takes for granted. */
function modelName(path: readonly string[]): string {
  const tag = path.at(-1) ?? '';
  const model = path.slice(0, -1);
  const shown = ['registry.ollama.ai', 'library'].reduce(
    (rest, name) => (rest[0] === name ? rest.slice(1) : rest),
    model,
  );
  return `${shown.join('/')}:${tag}`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
