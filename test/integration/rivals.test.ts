import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RIVALS, rivalsToName } from '../../src/core/rivals/rivals.ts';
import { silenceRivals } from '../../src/features/rivals/rivalNotice.ts';

const SETTING = 'editor.inlineSuggest.experimental.suppressInlineSuggestions';

describe('rival extensions', () => {
  const value = () => vscode.workspace.getConfiguration().get<unknown>(SETTING);
  const set = (to: unknown) =>
    vscode.workspace.getConfiguration().update(SETTING, to, vscode.ConfigurationTarget.Global);

  afterEach(() => set(undefined));

  it('are silenced by a setting that VS Code has, as text', () => {
    const inspected = vscode.workspace.getConfiguration().inspect<unknown>(SETTING);
    assert.equal(inspected?.defaultValue, '');
  });

  it('are added to what the user had silenced', async () => {
    await set('a.b');
    const cody = RIVALS.filter(({ name }) => name === 'Cody');
    await silenceRivals(cody);
    assert.equal(value(), 'a.b,sourcegraph.cody-ai');
    assert.deepEqual(
      rivalsToName({
        isActive: (id) => id === 'sourcegraph.cody-ai',
        suppressed: value(),
        dismissed: [],
        usesGithub: true,
      }),
      [],
    );
  });
});
