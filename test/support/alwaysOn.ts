import type { CompletionSettings } from '../../src/core/completion/completionSettings.ts';

/** Settings with which every call reaches the model at once, whatever it writes is shown, and nothing is done ahead of time. */
export const ALWAYS_ON: CompletionSettings = {
  enabled: true,
  snoozed: false,
  manualOnly: false,
  debounceMs: 0,
  deadlineMs: undefined,
  warmUpMs: 0,
  languageEnabled: () => true,
  keptOut: () => false,
  readOnly: () => false,
  multiline: () => 'auto',
  eagerness: () => 'eager',
};
