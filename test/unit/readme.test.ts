import assert from 'node:assert/strict';
import { readmeWithTables } from '../readme/tables.ts';

describe('README', () => {
  it('has the settings and commands of package.json (npm run readme makes it so)', async () => {
    const { now, wanted } = await readmeWithTables();
    assert.equal(now, wanted);
  });

  it('shows the command that tests it on a fresh machine', async () => {
    assert.ok((await readmeWithTables()).now.includes('npm ci && npm test'));
  });
});
