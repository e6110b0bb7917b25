import assert from 'node:assert/strict';
import { EngineError } from '../../../../src/rpc/engineError.ts';
import { askTask } from '../../../eval/run/askTask.ts';
import type { Task } from '../../../eval/run/task.ts';
import { firstLine } from '../../../eval/suites/cuts.ts';
import { ScriptedModel } from '../../../support/scriptedModel.ts';

const TASK: Task = {
  id: 't',
  group: 'python',
  cluster: '0',
  prompt: () => ({ pieces: [{ text: 'a', leadingSpace: false }], heal: '' }),
  maxTokens: 20,
  cut: firstLine,
  judge: { kind: 'exact', matches: () => true },
};

describe('asking a task', () => {
  // What the model writes, what counts, and why it ended.
  const rows: [written: string, text: string, finish: string][] = [
    ['return a', 'return a', 'model'],
    ['return a\nreturn b', 'return a', 'enough'],
    ['', '', 'model'],
  ];
  for (const [written, text, finish] of rows) {
    it(`${JSON.stringify(written)}: ${finish}`, async () => {
      const { sample, speed } = await askTask(new ScriptedModel(written), TASK);
      assert.deepEqual(sample, { id: 't', text, finish });
      assert.equal(speed?.id, finish === 'enough' ? undefined : 't');
    });
  }

  it('counts a prompt without room as a sample that failed', async () => {
    const model = new ScriptedModel('');
    model.complete = () =>
      Promise.reject(
        new EngineError('prompt-too-long', 'Too long.', { promptTokens: 3000, limitTokens: 2000 }),
      );
    const { sample, speed } = await askTask(model, TASK);
    assert.deepEqual(sample, { id: 't', text: '', finish: 'prompt too long' });
    assert.equal(speed, undefined);
  });
});
