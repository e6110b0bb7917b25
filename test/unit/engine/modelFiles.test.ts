import assert from 'node:assert/strict';
import { modelFiles } from '../../../src/engine/llama/modelFiles.ts';

describe('modelFiles', () => {
  const pictures: readonly [path: string, files: readonly string[]][] = [
    ['/m/a.gguf', ['/m/a.gguf']],
    ['/m/a-00001-of-00002.gguf', ['/m/a-00001-of-00002.gguf', '/m/a-00002-of-00002.gguf']],
    ['/m/a-00002-of-00002.gguf', ['/m/a-00001-of-00002.gguf', '/m/a-00002-of-00002.gguf']],
    ['/m/a-00001-of-00001.gguf', ['/m/a-00001-of-00001.gguf']],
    ['/m/a-00001-of-00000.gguf', ['/m/a-00001-of-00000.gguf']],
    ['/m/a-00001-of-99999.gguf', ['/m/a-00001-of-99999.gguf']],
    ['/m/a-1-of-2.gguf', ['/m/a-1-of-2.gguf']],
  ];
  for (const [path, files] of pictures) {
    it(`${path}: ${files.length}`, () => assert.deepEqual(modelFiles(path), files));
  }
});
