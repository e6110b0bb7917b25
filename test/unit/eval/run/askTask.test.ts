import assert from 'node:assert/strict';
import { EngineError } from '../../../../src/rpc/engineError.ts';
import { askTask } from '../../../eval/run/askTask.ts';
import type { ChatTask, Task } from '../../../eval/run/task.ts';
import { firstLine } from '../../../eval/suites/cuts.ts';
import { ScriptedChatModel } from '../../../support/scriptedChatModel.ts';
import { ScriptedModel } from '../../../support/scriptedModel.ts';

const JUDGED = {
  id: 't',
  group: 'python',
  cluster: '0',
  maxTokens: 20,
  cut: firstLine,
  judge: { kind: 'exact' as const, matches: () => true },
};

const TASK: Task = {
  ...JUDGED,
  prompt: () => ({ pieces: [{ text: 'a', leadingSpace: false }], heal: '' }),
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
      const { sample, speed } = await askTask(
        { model: new ScriptedModel(written), chat: new ScriptedChatModel() },
        TASK,
      );
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
    const { sample, speed } = await askTask({ model, chat: new ScriptedChatModel() }, TASK);
    assert.deepEqual(sample, { id: 't', text: '', finish: 'prompt too long' });
    assert.equal(speed, undefined);
  });

  describe('of the chat', () => {
    const QUESTION: ChatTask = { ...JUDGED, question: 'Write it.' };

    it('sends the question alone, and stops where enough is written', async () => {
      const chat = new ScriptedChatModel();
      const answered = askTask({ model: new ScriptedModel(''), chat }, QUESTION);
      chat.request.write('return a\nret');
      assert.equal(chat.request.aborted, true);
      assert.deepEqual(chat.request.turns, [{ role: 'user', text: 'Write it.' }]);
      assert.deepEqual((await answered).sample, { id: 't', text: 'return a', finish: 'enough' });
    });

    it('counts a question without room as a sample that failed', async () => {
      const chat = new ScriptedChatModel();
      const answered = askTask({ model: new ScriptedModel(''), chat }, QUESTION);
      chat.request.end('length', { generatedTokens: 0 });
      assert.deepEqual((await answered).sample, { id: 't', text: '', finish: 'prompt too long' });
    });
  });
});
