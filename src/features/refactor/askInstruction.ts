import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Suggestion } from '../../core/refactor/suggestInstructions.ts';

interface Item extends vscode.QuickPickItem {
  readonly instruction: string;
}

/** What the user wants done: one of the suggestions, or in words of their own. Undefined: nothing after all. */
export async function askInstruction(
  suggestions: readonly Suggestion[],
  last: string,
): Promise<string | undefined> {
  const store = new DisposableStore();
  const pick = store.add(vscode.window.createQuickPick<Item>());
  const suggested = suggestions.map(({ label, instruction }): Item => ({
    label,
    detail: instruction,
    instruction,
  }));
  const before: Item[] =
    last === '' ? [] : [{ label: last, description: vscode.l10n.t('last time'), instruction: last }];
  const show = (typed: string): void => {
    if (typed === '') pick.items = [...suggested, ...before];
    else {
      const own: Item = { label: typed, instruction: typed, alwaysShow: true };
      // Enter takes the first: a suggestion whose name is being typed, else what was typed.
      const isNaming = suggested.some(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()));
      pick.items = isNaming ? [...suggested, own] : [own, ...suggested];
    }
  };
  pick.title = vscode.l10n.t('What should Deepwell do with the code?');
  pick.placeholder = vscode.l10n.t('Choose, or say it in your own words');
  show('');
  try {
    return await new Promise((resolve) => {
      const listen = (listener: Disposable): Disposable => store.add(listener);
      listen(pick.onDidChangeValue((value) => show(value.trim())));
      listen(pick.onDidAccept(() => resolve(pick.activeItems[0]?.instruction)));
      listen(pick.onDidHide(() => resolve(undefined)));
      pick.show();
    });
  } finally {
    store.dispose();
  }
}
