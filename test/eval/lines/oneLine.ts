import type { CompletionSettings } from '../../../src/core/completion/completionSettings.ts';
import { ALWAYS_ON } from '../../support/alwaysOn.ts';

/** A hole is a piece of one line, and what follows it is there: lines beyond it would cost time and say nothing. */
export const ONE_LINE: CompletionSettings = { ...ALWAYS_ON, multiline: () => 'never' };
