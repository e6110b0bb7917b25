import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { DataFolder } from '../../../eval/data/dataFolder.ts';
import { EvalProblem } from '../../../support/measure/evalProblem.ts';
import { TemporaryFolder } from '../../../support/temporaryFolder.ts';

const BYTES = gzipSync('{"id":"a"}\n{"id":"b"}\n');
const FILE = {
  name: 'a.jsonl.gz',
  url: 'https://example.org/a.jsonl.gz',
  sizeBytes: BYTES.length,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
};
const Line = v.object({ id: v.string() });

describe('data folder', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await TemporaryFolder.with();
  });
  afterEach(() => folder.remove());

  it('reads what is there, without a network', async () => {
    await folder.write({ 'a.jsonl.gz': BYTES });
    const data = new DataFolder(folder.path, () => assert.fail());
    assert.deepEqual(await data.read(FILE, Line), [{ id: 'a' }, { id: 'b' }]);
  });

  it('fetches what is missing, and keeps it', async () => {
    const data = new DataFolder(join(folder.path, 'new'), async () => new Response(BYTES));
    assert.equal((await data.read(FILE, Line)).length, 2);
    assert.deepEqual(await readdir(join(folder.path, 'new')), ['a.jsonl.gz']);
  });

  it('keeps nothing that is another file', async () => {
    const data = new DataFolder(folder.path, async () => new Response('other'));
    await assert.rejects(data.read(FILE, Line), EvalProblem);
    assert.deepEqual(await readdir(folder.path), []);
  });

  it('refuses a file that is not the published one', async () => {
    await folder.write({ 'a.jsonl.gz': gzipSync('{"id":"c"}\n') });
    await assert.rejects(new DataFolder(folder.path).read(FILE, Line), /another file/);
  });

  it('says where a file could be had from', async () => {
    const data = new DataFolder(folder.path, () => Promise.reject(new Error('no network')));
    await assert.rejects(data.read(FILE, Line), /example\.org.*no network/);
  });
});
