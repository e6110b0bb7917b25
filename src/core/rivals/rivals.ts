/** Another extension that writes inline completions. VS Code shows the first answer of all of them and drops the rest. */
export interface Rival {
  /** As in the Marketplace; VS Code compares ids without regard to case. */
  readonly id: string;
  readonly name: string;
  /**
   * Under which names VS Code knows its providers, beside its id: only extensions with proposed API have any.
   * Those of Copilot Chat are from its version 0.67.
   */
  readonly groups?: readonly string[];
  /** It comes with VS Code and writes completions only for those who signed in to GitHub. */
  readonly needsGithub?: true;
}

export const RIVALS: readonly Rival[] = [
  { id: 'GitHub.copilot', name: 'GitHub Copilot', needsGithub: true },
  {
    id: 'GitHub.copilot-chat',
    name: 'GitHub Copilot',
    groups: ['completions', 'nes'],
    needsGithub: true,
  },
  { id: 'Continue.continue', name: 'Continue' },
  { id: 'TabNine.tabnine-vscode', name: 'Tabnine' },
  { id: 'Codeium.codeium', name: 'Windsurf (Codeium)' },
  { id: 'sourcegraph.cody-ai', name: 'Cody' },
  { id: 'Supermaven.supermaven', name: 'Supermaven' },
  { id: 'ggml-org.llama-vscode', name: 'llama-vscode' },
  { id: 'rjmacarthy.twinny', name: 'twinny' },
  { id: 'ex3ndr.llama-coder', name: 'Llama Coder' },
  { id: 'TabbyML.vscode-tabby', name: 'Tabby' },
  { id: 'AmazonWebServices.amazon-q-vscode', name: 'Amazon Q' },
  { id: 'Google.geminicodeassist', name: 'Gemini Code Assist' },
  { id: 'Augment.vscode-augment', name: 'Augment' },
];

export interface RivalFacts {
  /** Whether the extension is installed, enabled and has started. */
  readonly isActive: (id: string) => boolean;
  /** `editor.inlineSuggest.experimental.suppressInlineSuggestions`, of whatever type it is. */
  readonly suppressed: unknown;
  /** Ids the user does not want to hear of again. */
  readonly dismissed: readonly string[];
  /** Whether the user is signed in to GitHub and has not switched Copilot off. */
  readonly usesGithub: boolean;
}

/** Who answers beside us, is not silenced, and has not been named before. */
export function rivalsToName({ isActive, suppressed, dismissed, usesGithub }: RivalFacts): Rival[] {
  const silenced = new Set(suppressedNames(suppressed));
  return RIVALS.filter(
    (rival) =>
      isActive(rival.id) &&
      (usesGithub || !rival.needsGithub) &&
      !dismissed.includes(rival.id) &&
      !silencersOf(rival).every((name) => silenced.has(name)),
  );
}

/**
 * The setting with `rivals` in it and everything that was there. VS Code splits it at commas, takes spaces as part of a
 * name, and compares with names in lower case.
 */
export function withSilenced(suppressed: unknown, rivals: readonly Rival[]): string {
  return [...new Set([...suppressedNames(suppressed), ...rivals.flatMap(silencersOf)])].join(',');
}

/** Where a provider has a group, VS Code goes by that and not by the extension's id. */
function silencersOf({ id, groups }: Rival): readonly string[] {
  return groups ?? [id.toLowerCase()];
}

function suppressedNames(suppressed: unknown): string[] {
  // It began as a list.
  const names = Array.isArray(suppressed)
    ? suppressed.map(String)
    : typeof suppressed === 'string'
      ? suppressed.split(',')
      : [];
  return names.filter((name) => name !== '');
}
