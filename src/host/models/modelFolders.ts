import { posix, win32 } from 'node:path';

/** The machine, as far as other programs' folders depend on it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ModelFolder {
  /** Whose folder it is. */
  readonly source: string;
  readonly path: string;
  /** `ollama`: blobs without names, and manifests that name them. `hub`: a snapshot of links for each revision. */
  readonly layout: 'files' | 'ollama' | 'hub';
}

/** Where programs keep GGUF files, by the variables and defaults that each documents. They need not exist. */
export function modelFolders(machine: Machine): readonly ModelFolder[] {
  const { platform, home, env } = machine;
  const join = joinOn(platform);
  const cache = env['XDG_CACHE_HOME'] || join(home, '.cache');
  const hub = env['HF_HUB_CACHE'] || env['HUGGINGFACE_HUB_CACHE'];
  const hubHome = env['HF_HOME'] || join(cache, 'huggingface');
  const folder = (source: string, path: string, layout: ModelFolder['layout'] = 'files'): ModelFolder => ({
    source,
    path,
    layout,
  });
  return [
    folder('Ollama', env['OLLAMA_MODELS'] || join(home, '.ollama', 'models'), 'ollama'),
    // Where it runs as a service, as its installer sets it up.
    ...(platform === 'linux' && !env['OLLAMA_MODELS']
      ? [folder('Ollama', '/usr/share/ollama/.ollama/models', 'ollama')]
      : []),
    folder('LM Studio', join(home, '.lmstudio', 'models')),
    folder('LM Studio', join(home, '.cache', 'lm-studio', 'models')),
    folder('Hugging Face', hub || join(hubHome, 'hub'), 'hub'),
    folder('llama.cpp', env['LLAMA_CACHE'] || llamaCache(machine, cache)),
    folder('node-llama-cpp', join(home, '.node-llama-cpp', 'models')),
  ];
}

function llamaCache({ platform, home, env }: Machine, cache: string): string {
  const join = joinOn(platform);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'llama.cpp');
  if (platform !== 'win32') return join(cache, 'llama.cpp');
  return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'llama.cpp');
}

function joinOn(platform: NodeJS.Platform): (...parts: string[]) => string {
  return (...parts) => (platform === 'win32' ? win32 : posix).join(...parts);
}
