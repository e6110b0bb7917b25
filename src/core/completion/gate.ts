import { restOfLine, type View } from './view.ts';

export type Trigger = 'automatic' | 'explicit';

/** Why the model was not asked. */
export type GateReason =
  | 'language off'
  | 'switched off'
  | 'snoozed'
  | 'secret file'
  | 'manual trigger only'
  | 'nothing before the cursor'
  | 'text after the cursor';

export interface GateInput {
  readonly view: View;
  readonly trigger: Trigger;
  /** The user's setting for this language, and the two switches. */
  readonly enabled: boolean;
  readonly languageEnabled: boolean;
  readonly snoozed: boolean;
  readonly manualOnly: boolean;
}

/** Files that exist to hold secrets, by name or ending. They are never completed, whatever the settings say. */
const SECRET_NAME =
  /^(\.env(rc|\..*)?|\.npmrc|\.pypirc|[._]netrc|\.pgpass|\.htpasswd|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519))$/i;
const SECRET_ENDING = /\.(pem|key|p12|pfx|jks|keystore|ppk|kdbx|env)$/i;

/** What may follow the cursor when nobody asked: closing brackets, quotes and separators. */
const ONLY_CLOSERS = /^[\s)\]}>"'`;,:]*$/;

/**
 * Whether to ask the model at all, and if not, why. An explicit trigger passes all but what protects secrets, and a
 * file that has not begun.
 */
export function gate(input: GateInput): GateReason | undefined {
  const { view, trigger } = input;
  if (isSecret(view.path)) return 'secret file';
  if (view.prefix.trim() === '') return 'nothing before the cursor';
  if (trigger === 'explicit') return undefined;
  if (!input.enabled) return 'switched off';
  if (input.snoozed) return 'snoozed';
  if (!input.languageEnabled) return 'language off';
  if (input.manualOnly) return 'manual trigger only';
  if (!ONLY_CLOSERS.test(restOfLine(view))) return 'text after the cursor';
  return undefined;
}

function isSecret(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return SECRET_NAME.test(name) || SECRET_ENDING.test(name);
}
