import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { prioritiesOf } from '../support/processes.ts';
import { INDEX_ENTRY, RealIndex } from '../support/realIndex.ts';
import { TemporaryFolder } from '../support/temporaryFolder.ts';

describe('the index process', () => {
  let workspace: TemporaryFolder;
  let index: RealIndex;
  before(async () => {
    workspace = await TemporaryFolder.with({ 'a.ts': 'export function one(): void {}\n' });
    index = await RealIndex.on(workspace.path);
    await index.connection.walk({ excludes: [] }, () => undefined, new AbortController().signal);
  });
  after(async () => {
    await index.dispose();
    await workspace.remove();
  });

  it('answers, and goes on with its database in the next process', async () => {
    const ask = () => index.connection.request('definitions', { names: ['one'], place: null, limit: 5 });
    assert.deepEqual(
      (await ask()).map(({ path }) => path),
      ['a.ts'],
    );
    index = await index.reopen(workspace.path);
    const walk = index.connection.walk({ excludes: [] }, () => undefined, new AbortController().signal);
    assert.equal((await walk).readFiles, 0);
    assert.deepEqual(
      (await ask()).map(({ path }) => path),
      ['a.ts'],
    );
  });

  it('ranks below other programs, in every thread that reads', async () => {
    const { pid } = await index.connection.request('status', {});
    const ranks = await prioritiesOf(pid);
    assert.ok(ranks.length > 0);
    assert.deepEqual(
      ranks.filter((rank) => rank < constants.priority.PRIORITY_BELOW_NORMAL),
      [],
    );
  });

  it('ends when its host is gone', async () => {
    const child = fork(INDEX_ENTRY, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    try {
      await once(child, 'spawn');
      child.disconnect();
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      assert.ok(code === 0 || signal === 'SIGKILL');
    } finally {
      child.kill('SIGKILL');
    }
  });
});
