import assert from 'node:assert/strict';
import { type Machine, modelFolders } from '../../../../src/host/models/modelFolders.ts';

describe('modelFolders', () => {
  const pictures: readonly [what: string, machine: Machine, folders: readonly string[]][] = [
    [
      'Linux',
      { platform: 'linux', home: '/home/me', env: {} },
      [
        'Ollama /home/me/.ollama/models',
        'Ollama /usr/share/ollama/.ollama/models',
        'LM Studio /home/me/.lmstudio/models',
        'LM Studio /home/me/.cache/lm-studio/models',
        'Hugging Face /home/me/.cache/huggingface/hub',
        'llama.cpp /home/me/.cache/llama.cpp',
        'node-llama-cpp /home/me/.node-llama-cpp/models',
      ],
    ],
    [
      'macOS',
      { platform: 'darwin', home: '/Users/me', env: {} },
      [
        'Ollama /Users/me/.ollama/models',
        'LM Studio /Users/me/.lmstudio/models',
        'LM Studio /Users/me/.cache/lm-studio/models',
        'Hugging Face /Users/me/.cache/huggingface/hub',
        'llama.cpp /Users/me/Library/Caches/llama.cpp',
        'node-llama-cpp /Users/me/.node-llama-cpp/models',
      ],
    ],
    [
      'Windows',
      { platform: 'win32', home: 'C:\\Users\\me', env: { LOCALAPPDATA: 'D:\\Local' } },
      [
        'Ollama C:\\Users\\me\\.ollama\\models',
        'LM Studio C:\\Users\\me\\.lmstudio\\models',
        'LM Studio C:\\Users\\me\\.cache\\lm-studio\\models',
        'Hugging Face C:\\Users\\me\\.cache\\huggingface\\hub',
        'llama.cpp D:\\Local\\llama.cpp',
        'node-llama-cpp C:\\Users\\me\\.node-llama-cpp\\models',
      ],
    ],
    [
      'Linux with every variable',
      {
        platform: 'linux',
        home: '/home/me',
        env: { OLLAMA_MODELS: '/o', HF_HUB_CACHE: '/h', HF_HOME: '/hh', LLAMA_CACHE: '/l' },
      },
      [
        'Ollama /o',
        'LM Studio /home/me/.lmstudio/models',
        'LM Studio /home/me/.cache/lm-studio/models',
        'Hugging Face /h',
        'llama.cpp /l',
        'node-llama-cpp /home/me/.node-llama-cpp/models',
      ],
    ],
    [
      'Linux with another cache, and with HF_HOME',
      { platform: 'linux', home: '/home/me', env: { XDG_CACHE_HOME: '/c', HF_HOME: '/hh' } },
      [
        'Ollama /home/me/.ollama/models',
        'Ollama /usr/share/ollama/.ollama/models',
        'LM Studio /home/me/.lmstudio/models',
        'LM Studio /home/me/.cache/lm-studio/models',
        'Hugging Face /hh/hub',
        'llama.cpp /c/llama.cpp',
        'node-llama-cpp /home/me/.node-llama-cpp/models',
      ],
    ],
  ];
  for (const [what, machine, folders] of pictures) {
    it(what, () => {
      assert.deepEqual(
        modelFolders(machine).map(({ source, path }) => `${source} ${path}`),
        folders,
      );
    });
  }
});
