import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Suggestion } from '../../core/refactor/suggestInstructions.ts';

interface Item extends vscode.QuickPickItem {
  readonly instruction: string;
  /** What was in the box when the list was made. */
  readonly typed: string;
}

/** What the user wants done: one of the suggestions, or in words of their own. Undefined: nothing after all. */
export async function askInstruction(
  suggestions: readonly Suggestion[],
  last: string,
): Promise<string | undefined> {
  const store = new DisposableStore();
  const pick = store.add(vscode.window.createQuickPick<Item>());
  const itemsFor = (typed: string): Item[] => {
    const item = (label: string, instruction: string, more: Partial<Item> = {}): Item => {
      return { label, instruction, typed, ...more };
    };
    const items = suggestions.map(({ label, instruction }) => {
      return item(label, instruction, { detail: instruction });
    });
    if (typed === '') {
      const before = { description: vscode.l10n.t('last time') };
      return last === '' ? items : [...items, item(last, last, before)];
    }
    // Enter takes the first: a suggestion whose name is being typed, else what was typed.
    const isNamed = ({ label }: Item): boolean => label.toLowerCase().startsWith(typed.toLowerCase());
    const own = item(typed, typed, { alwaysShow: true });
    return [...items.filter(isNamed), own, ...items.filter((each) => !isNamed(each))];
  };
  pick.title = vscode.l10n.t('What should Deepwell do with the code?');
  pick.placeholder = vscode.l10n.t('Choose, or say it in your own words');
  pick.items = itemsFor('');
  try {
    return await new Promise((resolve) => {
      const listen = (listener: Disposable): Disposable => store.add(listener);
      listen(pick.onDidChangeValue((value) => (pick.items = itemsFor(value.trim()))));
      listen(
        pick.onDidAccept(() => {
          const [active] = pick.activeItems;
          // Who types fast is ahead of VS Code, which says what is active only after it has drawn the list.
          const isLate = active?.typed !== pick.value.trim();
          resolve((isLate ? pick.items[0] : active)?.instruction);
        }),
      );
      listen(pick.onDidHide(() => resolve(undefined)));
      pick.show();
    });
  } finally {
    store.dispose();
  }
}
