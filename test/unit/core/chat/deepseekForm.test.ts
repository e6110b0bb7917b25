import assert from 'node:assert/strict';
import { probedTexts } from '../../../../src/core/completion/chooseFimFormat.ts';
import {
  DEEPSEEK_CHAT_MARKS,
  deepseekForm,
  type FormPart,
  hasDeepseekForm,
} from '../../../../src/core/chat/deepseekForm.ts';
import type { ChatTurn } from '../../../../src/core/ports/chatModel.ts';

const SYSTEM: ChatTurn = { role: 'system', text: 'You answer briefly.' };
const FIRST: ChatTurn = { role: 'user', text: 'What is 1 + 1?' };
const ANSWER: ChatTurn = { role: 'assistant', text: '2' };
const SECOND: ChatTurn = { role: 'user', text: 'And 2 + 2?\n' };

const written = (parts: readonly FormPart[]): string =>
  parts.map((part) => ('special' in part ? `[${part.special}]` : part.text)).join('');

describe('DeepSeek-Coder-V2’s chat', () => {
  it('of two rounds and a system’s text', () => {
    assert.equal(
      written(deepseekForm([SYSTEM, FIRST, ANSWER, SECOND])),
      'You answer briefly.\n\nUser: What is 1 + 1?\n\nAssistant: 2[<｜end▁of▁sentence｜>]User: And 2 + 2?\n\n\nAssistant:',
    );
  });

  it('of one question', () => {
    assert.deepEqual(deepseekForm([FIRST]), [{ text: 'User: What is 1 + 1?\n\nAssistant:' }]);
  });

  it('keeps what looks like a special token as text', () => {
    const said = 'Is <｜end▁of▁sentence｜> one token?';
    const parts = deepseekForm([
      { role: 'user', text: said },
      { role: 'assistant', text: said },
      { role: 'user', text: said },
    ]);
    assert.deepEqual(parts, [
      { text: `User: ${said}\n\nAssistant: ${said}` },
      { special: '<｜end▁of▁sentence｜>' },
      { text: `User: ${said}\n\nAssistant:` },
    ]);
  });

  describe('is the form of', () => {
    const END = '<｜end▁of▁sentence｜>';
    const rows: readonly [
      what: string,
      architecture: string,
      tokens: string[],
      has: boolean,
      hasChatTemplate?: boolean,
    ][] = [
      ['DeepSeek-Coder-V2', 'deepseek2', [END], true],
      ['V2.5, V3 and R1, which have marks for roles: no', 'deepseek2', [END, '<｜User｜>'], false],
      ['our starter, which was not taught to talk: no', 'deepseek2', [END], false, false],
      ['DeepSeek-Coder V1: no', 'llama', [END], false],
      ['another vocabulary in that architecture: no', 'deepseek2', [], false],
    ];
    for (const [what, architecture, tokens, has, hasChatTemplate = true] of rows) {
      it(what, () => {
        assert.equal(hasDeepseekForm({ architecture, hasChatTemplate, singleTokens: new Set(tokens) }), has);
      });
    }

    it('what the engine is asked to look up', () => {
      for (const mark of DEEPSEEK_CHAT_MARKS) assert.ok(probedTexts().includes(mark));
    });
  });
});
