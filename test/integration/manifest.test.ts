import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json' with { type: 'json' };
import { deepwell } from './support.ts';

describe('the extension in its host', () => {
  before(deepwell);

  it('has every command of its manifest, and no other', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((name) =>
      name.startsWith('deepwell.'),
    );
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), [...declared].sort());
  });

  it('lets no workspace choose the model file', () => {
    const { properties } = manifest.contributes.configuration;
    assert.equal(properties['deepwell.model'].scope, 'machine');
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes('deepwell.model'));
  });

  it('runs its engine in a process of its own', async () => {
    const { engine } = await deepwell();
    assert.ok(engine.state.kind === 'ready');
    const { pid } = engine.state.engine.connection;
    assert.ok(pid !== undefined && pid !== process.pid);
    const status = await engine.state.engine.connection.status();
    assert.equal(status.pid, pid);
    assert.equal(status.lanes.length, 1);
  });
});
