import type { ModelAction, ModelProblem, ModelProblemKind } from '../core/models/modelProblem.ts';
import type { EngineError, EngineErrorKind } from '../rpc/engineError.ts';

interface Entry {
  readonly kind: ModelProblemKind;
  readonly action: ModelAction;
  /** Follows the engine's own sentence. */
  readonly advice: string;
}

const CHOOSE_ANOTHER = 'Choose another model file.';

/** Engine errors a user meets while a model is loaded. Every other kind is a bug and shows the log. */
const ENTRIES: Partial<Record<EngineErrorKind, Entry>> = {
  'model-missing': { kind: 'model-missing', action: 'choose-model', advice: CHOOSE_ANOTHER },
  'model-unreadable': {
    kind: 'model-unreadable',
    action: 'choose-model',
    advice: `Check its permissions or choose another file.`,
  },
  'not-gguf': { kind: 'not-gguf', action: 'choose-model', advice: CHOOSE_ANOTHER },
  truncated: {
    kind: 'truncated',
    action: 'choose-model',
    advice: 'Download it again or choose another file.',
  },
  'unsupported-architecture': {
    kind: 'unsupported-architecture',
    action: 'choose-model',
    advice: CHOOSE_ANOTHER,
  },
  'not-enough-memory': {
    kind: 'not-enough-memory',
    action: 'choose-model',
    advice: 'Choose a smaller model or close other programs.',
  },
  'no-binary': { kind: 'no-binary', action: 'show-log', advice: 'The log names what was tried.' },
  'engine-gone': { kind: 'engine-died', action: 'restart-engine', advice: 'The log may say why.' },
};

const BUG: Entry = { kind: 'load-failed', action: 'show-log', advice: 'The log has the details.' };

export function engineProblem(error: EngineError): ModelProblem {
  const { kind, action, advice } = ENTRIES[error.kind] ?? BUG;
  return { kind, action, message: `${asSentence(error.message)} ${advice}` };
}

function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
