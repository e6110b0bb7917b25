import { isSecretFile } from '../files/secretFiles.ts';
import { linePrefix, restOfLine, type View } from './view.ts';

export type Trigger = 'automatic' | 'explicit';

/** Why the model was not asked. */
export type GateReason =
  | 'language off'
  | 'switched off'
  | 'snoozed'
  | 'secret file'
  | 'ignored file'
  | 'read-only'
  | 'manual trigger only'
  | 'nothing before the cursor'
  | 'text just deleted'
  | 'middle of a word'
  | 'text after the cursor';

export interface GateInput {
  readonly view: View;
  readonly trigger: Trigger;
  /** The user's setting for this language, and the two switches. */
  readonly enabled: boolean;
  readonly languageEnabled: boolean;
  readonly snoozed: boolean;
  readonly manualOnly: boolean;
  /** The user's ignore rules keep the document out of every prompt. */
  readonly keptOut: boolean;
  /** The document's file system takes no changes. */
  readonly readOnly: boolean;
  /** The last change at this place took text away. */
  readonly justDeleted: boolean;
}

/** What may follow the cursor when nobody asked: closing brackets, quotes and separators. */
const ONLY_CLOSERS = /^[\s)\]}>"'`;,:]*$/;

/**
 * Whether to ask the model at all, and if not, why. An explicit trigger passes all but what protects secrets and ignored files, and where
 * nothing can be typed. Snippet mode is not among the reasons: VS Code tells no extension of it, and shows nothing there.
 */
export function gate(input: GateInput): GateReason | undefined {
  const { view, trigger } = input;
  if (isSecretFile(view.path)) return 'secret file';
  if (input.keptOut) return 'ignored file';
  if (input.readOnly) return 'read-only';
  if (trigger === 'explicit') return undefined;
  if (!input.enabled) return 'switched off';
  if (input.snoozed) return 'snoozed';
  if (!input.languageEnabled) return 'language off';
  if (input.manualOnly) return 'manual trigger only';
  if (view.prefix.trim() === '') return 'nothing before the cursor';
  // Who takes text away is not done yet: what was suggested before may come back, nothing new is thought of.
  if (input.justDeleted) return 'text just deleted';
  const rest = restOfLine(view);
  if (/\w$/.test(linePrefix(view)) && /^\w/.test(rest)) return 'middle of a word';
  return ONLY_CLOSERS.test(rest) ? undefined : 'text after the cursor';
}
