import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropNotes } from '../../../../src/engine/llama/dropNotes.ts';
import { TemporaryFolder } from '../../../support/temporaryFolder.ts';

describe("the downloader's notes", () => {
  let folder: TemporaryFolder;
  before(async () => (folder = await TemporaryFolder.with()));
  after(() => folder.remove());

  // What stands in the file, how many bytes the server named, and what is left.
  const rows: [name: string, text: string, sizeBytes: number, left: string][] = [
    ['are cut off', 'GGUF{"chunks":[2,1]}', 4, 'GGUF'],
    ['are not there', 'GGUF', 4, 'GGUF'],
    ['are no reason to cut off something else', 'GGUFGGUF', 4, 'GGUFGGUF'],
    ['are half written: the file is wrong', 'GGUF{"chunks":[', 4, 'GGUF{"chunks":['],
    ['are not looked for in a file that is too short', 'GG', 4, 'GG'],
    ['are not looked for where the server named no size', 'GGUF{}', 0, 'GGUF{}'],
  ];
  for (const [name, text, sizeBytes, left] of rows) {
    it(name, async () => {
      const path = join(folder.path, 'model.gguf');
      await writeFile(path, text);
      await dropNotes(path, sizeBytes);
      assert.equal(await readFile(path, 'utf8'), left);
    });
  }
});
