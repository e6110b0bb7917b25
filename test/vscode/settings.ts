/** VS Code settings as they stand in a settings.json. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * User settings every test workbench starts with: nothing that draws over the editor, fetches, or asks.
 * A test's own user settings are laid over these.
 */
export const defaultUserSettings: Settings = {
  'editor.inlineSuggest.enabled': true,
  'editor.inlineSuggest.minShowDelay': 0,
  // Tests ask whether a suggestion comes, not how sure a small model is of it.
  'deepwell.suggestions': 'eager',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  // The web build saves after a second by itself; desktop does not.
  'files.autoSave': 'off',
};
