import { isSecretFile } from '../files/secretFiles.ts';
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

/** What may follow the cursor when nobody asked: closing brackets, quotes and separators. */
const ONLY_CLOSERS = /^[\s)\]}>"'`;,:]*$/;

/**
 * Whether to ask the model at all, and if not, why. An explicit trigger passes all but what protects secrets, and a
 * file that has not begun.
 */
export function gate(input: GateInput): GateReason | undefined {
  const { view, trigger } = input;
  if (isSecretFile(view.path)) return 'secret file';
  if (view.prefix.trim() === '') return 'nothing before the cursor';
  if (trigger === 'explicit') return undefined;
  if (!input.enabled) return 'switched off';
  if (input.snoozed) return 'snoozed';
  if (!input.languageEnabled) return 'language off';
  if (input.manualOnly) return 'manual trigger only';
  if (!ONLY_CLOSERS.test(restOfLine(view))) return 'text after the cursor';
  return undefined;
}
