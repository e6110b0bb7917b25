import assert from 'node:assert/strict';
import type { Turn } from '../../../../src/core/chat/conversation.ts';
import { firstSeen, fitPrompt, QuestionTooLong } from '../../../../src/core/chat/fitPrompt.ts';
import type { ChatTurn } from '../../../../src/core/ports/chatModel.ts';
import { answered, asked, attachment } from '../../../support/chat/turns.ts';

const SYSTEM = { role: 'system', text: 'S' } as const;

/** A token is a character; what stands around turns costs nothing. */
async function count(prompt: readonly ChatTurn[]): Promise<number> {
  return prompt.reduce((chars, { text }) => chars + text.length, 0);
}

/** `pairs` questions and answers of ten characters each, and one more question. */
function long(pairs: number): Turn[] {
  const turns = Array.from({ length: pairs }, (_, at) => [
    asked(`q${at}`, 'q'.repeat(10)),
    answered(`a${at}`, 'a'.repeat(10)),
  ]);
  return [...turns.flat(), asked('last', 'q'.repeat(10))];
}

describe('a prompt that is to fit the window', () => {
  it('is the whole conversation where that fits', async () => {
    const fitted = await fitPrompt(SYSTEM, long(4), { tokens: 100, count });
    assert.equal(fitted.promptTokens, 91);
    assert.deepEqual([fitted.question.seesFrom, fitted.question.notes], ['', []]);
  });

  it('folds older turns until half of the room is free, and says so', async () => {
    const turns = long(10);
    const { question, promptTokens, prompt } = await fitPrompt(SYSTEM, turns, { tokens: 100, count });
    assert.equal(promptTokens, 31);
    assert.equal(question.seesFrom, 'q9');
    assert.deepEqual(question.notes, [
      '18 older turns were folded to make room: the model no longer sees them.',
    ]);
    assert.deepEqual(
      prompt.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
  });

  it('keeps the fold for the questions that follow, so that their prompts begin alike', async () => {
    const turns = long(10);
    const first = await fitPrompt(SYSTEM, turns, { tokens: 100, count });
    const next = [...turns.slice(0, -1), first.question, answered('b', 'b'.repeat(10)), asked('r', 'r')];
    const second = await fitPrompt(SYSTEM, next, { tokens: 100, count });
    assert.deepEqual(second.prompt.slice(0, first.prompt.length), first.prompt);
    assert.deepEqual(second.question.notes, []);
  });

  it('counts few times', async () => {
    let times = 0;
    const counting = (prompt: readonly ChatTurn[]): Promise<number> => {
      times++;
      return count(prompt);
    };
    await fitPrompt(SYSTEM, long(500), { tokens: 1_000, count: counting });
    assert.ok(times <= 12, String(times));
  });

  it('leaves out what was found, then cuts what is attached, and names it', async () => {
    const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n');
    const question = asked('q', 'Why?', {
      attached: [attachment('long.ts', lines), attachment('short.ts', 'short();')],
      found: [{ path: 'b.ts', firstLine: 0, text: 'b'.repeat(100) }],
    });
    const { question: cut, promptTokens } = await fitPrompt(SYSTEM, [question], { tokens: 400, count });
    assert.ok(promptTokens <= 400 && promptTokens > 250, String(promptTokens));
    assert.deepEqual(cut.found, []);
    assert.equal(cut.attached[1]?.text, 'short();');
    assert.match(cut.attached[0]?.text ?? '', /^line 0\nline 1\n[^]*line \d+$/);
    assert.equal(cut.notes.length, 2);
    assert.match(cut.notes[1] ?? '', /^Of long\.ts the model sees lines 1 to \d+: /);
  });

  it('leaves out an attachment of one long line', async () => {
    const question = asked('q', 'Why?', { attached: [attachment('min.js', 'x'.repeat(5_000))] });
    const { question: cut } = await fitPrompt(SYSTEM, [question], { tokens: 100, count });
    assert.deepEqual(cut.attached, []);
    assert.match(cut.notes[0] ?? '', /^min\.js was left out/);
  });

  it('says what it left out once, however often the question is asked', async () => {
    const question = asked('q', 'Why?', { found: [{ path: 'b.ts', firstLine: 0, text: 'b'.repeat(500) }] });
    const once = await fitPrompt(SYSTEM, [question], { tokens: 100, count });
    const again = { ...once.question, found: question.found };
    const twice = await fitPrompt(SYSTEM, [again], { tokens: 100, count });
    assert.deepEqual([twice.question.found, twice.question.notes.length], [[], 1]);
  });

  it('refuses a question that is too long by itself', async () => {
    const turns = [...long(2).slice(0, -1), asked('q', 'x'.repeat(200))];
    await assert.rejects(fitPrompt(SYSTEM, turns, { tokens: 100, count }), QuestionTooLong);
  });

  it('sees all again where the turn it began with was deleted', () => {
    const turns = [asked('q1', '1'), answered('a1', '1'), asked('q2', '2', { seesFrom: 'gone' })];
    assert.equal(firstSeen(turns), 0);
    assert.equal(firstSeen([asked('q0', '0'), asked('q1', '1', { seesFrom: 'q1' }), answered('a', '')]), 1);
    assert.equal(firstSeen([]), 0);
  });
});
