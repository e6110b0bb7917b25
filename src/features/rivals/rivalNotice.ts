import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import type { Log } from '../../base/log.ts';
import type { Completer } from '../../core/completion/completer.ts';
import { type Rival, rivalsToName, withSilenced } from '../../core/rivals/rivals.ts';

const SECTION = 'editor.inlineSuggest.experimental';
const SUPPRESSED = 'suppressInlineSuggestions';
const DISMISSED = 'rivals.dismissed';

/**
 * Says once, after the first suggestion, who else writes suggestions here: VS Code shows whichever comes first, and
 * nothing tells the user why ours does not appear.
 */
export class RivalNotice implements Disposable {
  private readonly _state: vscode.Memento;
  private readonly _listener: Disposable;

  constructor(completer: Completer, state: vscode.Memento, log: Log) {
    this._state = state;
    this._listener = completer.onDidAnswer(({ from }) => {
      if (from !== 'model') return;
      this.dispose();
      this.look().catch((error: unknown) => log.error('Looking for rival extensions failed', error));
    });
  }

  dispose(): void {
    this._listener.dispose();
  }

  private async look(): Promise<void> {
    const dismissed = this.dismissed();
    const rivals = rivalsToName({
      isActive: (id) => vscode.extensions.getExtension(id)?.isActive ?? false,
      suppressed: vscode.workspace.getConfiguration(SECTION).get<unknown>(SUPPRESSED),
      dismissed,
      usesGithub: await usesGithub(),
    });
    if (rivals.length === 0) return;
    const silence = rivals.length === 1 ? vscode.l10n.t('Silence It') : vscode.l10n.t('Silence Them');
    const never = vscode.l10n.t("Don't Show Again");
    const picked = await vscode.window.showInformationMessage(describe(rivals), silence, never);
    if (picked === silence) await silenceRivals(rivals);
    if (picked === never) {
      await this._state.update(DISMISSED, [...dismissed, ...rivals.map(({ id }) => id)]);
    }
  }

  private dismissed(): string[] {
    const value = this._state.get<unknown>(DISMISSED);
    return Array.isArray(value) ? value.map(String) : [];
  }
}

/** Adds to the user's setting, and keeps what is there. */
export async function silenceRivals(rivals: readonly Rival[]): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const now = configuration.inspect<unknown>(SUPPRESSED)?.globalValue;
  await configuration.update(SUPPRESSED, withSilenced(now, rivals), vscode.ConfigurationTarget.Global);
}

function describe(rivals: readonly Rival[]): string {
  const names = [...new Set(rivals.map(({ name }) => name))].join(', ');
  return vscode.l10n.t(
    'Deepwell is not alone: {0} suggests code here as well, and VS Code shows whichever answers first.',
    names,
  );
}

/** Asks nobody to sign in, and takes no for an answer where there is nothing to sign in with. */
async function usesGithub(): Promise<boolean> {
  if (vscode.workspace.getConfiguration('chat').get('disableAIFeatures', false)) return false;
  const enabled = vscode.workspace.getConfiguration('github.copilot').get<unknown>('enable');
  if (typeof enabled === 'object' && enabled !== null && '*' in enabled && enabled['*'] === false)
    return false;
  try {
    return (await vscode.authentication.getAccounts('github')).length > 0;
  } catch {
    return false;
  }
}
