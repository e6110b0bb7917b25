import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json' with { type: 'json' };
import { deepwell } from './support.ts';

/** What VS Code itself adds for each view. */
const OF_VIEW = /^deepwell\.chat\.(focus|removeView|resetViewLocation|toggleVisibility)$/;

describe('the extension in its host', () => {
  before(deepwell);

  it('has every command of its manifest, and no other', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter(
      (name) => name.startsWith('deepwell.') && !OF_VIEW.test(name),
    );
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), [...declared].sort());
  });

  for (const name of ['model', 'threads', 'gpu', 'contextTokens', 'idleUnloadMinutes'] as const) {
    it(`lets no workspace set ${name}`, async () => {
      assert.equal(manifest.contributes.configuration.properties[`deepwell.${name}`].scope, 'machine');
      const configuration = vscode.workspace.getConfiguration('deepwell');
      await assert.rejects(async () => configuration.update(name, 1, vscode.ConfigurationTarget.Workspace));
    });
  }

  it('works in untrusted workspaces, with what costs memory kept to the user’s settings', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    for (const name of ['model', 'threads', 'gpu', 'contextTokens']) {
      assert.ok(restrictedConfigurations.includes(`deepwell.${name}`), name);
    }
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
