import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nullLog } from '../../../../src/base/log.ts';
import { formatConversation } from '../../../../src/core/chat/conversationFile.ts';
import { ConversationFolder } from '../../../../src/host/chat/conversationFolder.ts';
import { answered, asked, talk } from '../../../support/chat/turns.ts';
import { TemporaryFolder } from '../../../support/temporaryFolder.ts';

const ONE = { ...talk(asked('q', 'One?'), answered('a', '1')), id: 'one' };
const TWO = { ...talk(asked('q', 'Two?')), id: 'two' };

describe('the folder of conversations', () => {
  let storage: TemporaryFolder;
  let path: string;
  let folder: ConversationFolder;
  const names = async (): Promise<string[]> => (await readdir(path)).sort();
  const loaded = () => new ConversationFolder(path, nullLog).load();
  beforeEach(async () => {
    storage = await TemporaryFolder.with();
    path = join(storage.path, 'not yet', 'chat');
    folder = new ConversationFolder(path, nullLog);
  });
  afterEach(async () => {
    folder.dispose();
    await storage.remove();
  });

  it('is empty where there is none', async () => {
    assert.deepEqual(await folder.load(), { conversations: [], problem: '' });
  });

  it('holds each in a file of its own, that nobody else can read', async () => {
    folder.changed(ONE);
    folder.changed(TWO);
    await folder.flush();
    assert.deepEqual(await names(), ['one.json', 'two.json']);
    assert.equal((await stat(join(path, 'one.json'))).mode & 0o777, 0o600);
    assert.deepEqual((await loaded()).conversations, [ONE, TWO]);
  });

  it('writes the last of many changes', async () => {
    for (const text of ['a', 'ab', 'abc']) folder.changed({ ...TWO, turns: [asked('q', text)] });
    await folder.flush();
    assert.equal((await loaded()).conversations[0]?.turns[0]?.text, 'abc');
  });

  it('forgets what is deleted', async () => {
    folder.changed(ONE);
    await folder.flush();
    folder.deleted('one');
    folder.deleted('never there');
    await folder.flush();
    assert.deepEqual(await names(), []);
  });

  it('has everything on the disk once it is disposed of', async () => {
    folder.changed(ONE);
    const writing = folder.flush();
    folder.changed({ ...ONE, turns: [asked('q', 'newer')] });
    folder.dispose();
    assert.ok((await readFile(join(path, 'one.json'), 'utf8')).includes('newer'));
    await writing;
    assert.ok((await readFile(join(path, 'one.json'), 'utf8')).includes('newer'));
    assert.deepEqual(
      (await names()).filter((name) => name.endsWith('.json')),
      ['one.json'],
    );
  });

  it('sets aside what is damaged, says so, and reads the rest', async () => {
    folder.changed(ONE);
    await folder.flush();
    await writeFile(join(path, 'broken.json'), '{"version":1,');
    await writeFile(join(path, 'renamed.json'), formatConversation(TWO));
    const { conversations, problem } = await loaded();
    assert.deepEqual(conversations, [ONE]);
    assert.match(problem, /^2 conversations .* could not be read/);
    assert.deepEqual(await names(), ['broken.json.damaged', 'one.json', 'renamed.json.damaged']);
    assert.equal((await loaded()).problem, '');
  });

  it('writes later what it could not write', async () => {
    await storage.write({ 'not yet/chat': 'a file in the way' });
    folder.changed(ONE);
    await folder.flush();
    await storage.remove('not yet/chat');
    folder.changed(TWO);
    await folder.flush();
    assert.deepEqual((await loaded()).conversations, [ONE, TWO]);
  });
});
