import assert from 'node:assert/strict';
import type { ModelProblem } from '../../../src/core/models/modelProblem.ts';
import { engineProblem } from '../../../src/host/engineProblem.ts';
import { ENGINE_ERROR_KINDS, EngineError, type EngineErrorKind } from '../../../src/rpc/engineError.ts';

describe('engineProblem', () => {
  const table: Partial<Record<EngineErrorKind, [ModelProblem['kind'], ModelProblem['action']]>> = {
    'model-missing': ['model-missing', 'choose-model'],
    'model-unreadable': ['model-unreadable', 'choose-model'],
    'not-gguf': ['not-gguf', 'choose-model'],
    truncated: ['truncated', 'choose-model'],
    'unsupported-architecture': ['unsupported-architecture', 'choose-model'],
    'not-enough-memory': ['not-enough-memory', 'choose-model'],
    'no-binary': ['no-binary', 'show-log'],
    'engine-gone': ['engine-died', 'restart-engine'],
  };
  for (const kind of ENGINE_ERROR_KINDS) {
    const [problem, action] = table[kind] ?? ['load-failed', 'show-log'];
    it(`${kind}: ${problem}, ${action}`, () => {
      const { message, ...rest } = engineProblem(new EngineError(kind, 'What happened.'));
      assert.deepEqual(rest, { kind: problem, action });
      assert.match(message, /^What happened\. [A-Z].*\.$/);
    });
  }

  it('ends the engine\u2019s sentence where the engine did not', () => {
    assert.match(engineProblem(new EngineError('load-failed', 'error: bad')).message, /^error: bad\. The /);
  });
});
