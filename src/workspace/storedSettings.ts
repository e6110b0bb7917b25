import * as vscode from 'vscode';

/** One place where a setting has a value of its own. */
export interface StoredSetting {
  readonly name: string;
  readonly where: 'user' | 'workspace' | 'folder';
  /** Where the value holds for one language only. */
  readonly languageId?: string;
  readonly value: unknown;
}

/** Every value that users or workspaces gave the settings of these full names. */
export function storedSettings(names: readonly string[]): StoredSetting[] {
  return names.flatMap((name): StoredSetting[] => {
    const inspected = vscode.workspace.getConfiguration().inspect<unknown>(name);
    if (!inspected) return [];
    const own: StoredSetting[] = [
      { name, where: 'user', value: inspected.globalValue },
      { name, where: 'workspace', value: inspected.workspaceValue },
      { name, where: 'folder', value: inspected.workspaceFolderValue },
    ];
    const ofLanguages = (inspected.languageIds ?? []).flatMap((languageId): StoredSetting[] => {
      const inLanguage = vscode.workspace.getConfiguration(undefined, { languageId }).inspect<unknown>(name);
      return [
        { name, where: 'user', languageId, value: inLanguage?.globalLanguageValue },
        { name, where: 'workspace', languageId, value: inLanguage?.workspaceLanguageValue },
      ];
    });
    return [...own, ...ofLanguages].filter(({ value }) => value !== undefined);
  });
}

/** Takes a value out of the user's settings. */
export async function clearUserSetting({ name, languageId }: StoredSetting): Promise<void> {
  const scope = languageId === undefined ? undefined : { languageId };
  await vscode.workspace
    .getConfiguration(undefined, scope)
    .update(name, undefined, vscode.ConfigurationTarget.Global, languageId !== undefined);
}
