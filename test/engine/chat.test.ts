import assert from 'node:assert/strict';
import type {
  ChatProgress,
  ChatReply,
  ChatTurn,
  CompleteReply,
  ParamsOf,
} from '../../src/rpc/engineProtocol.ts';
import { ensureModel } from '../model/fetchModel.ts';
import { STARTER } from '../support/paths.ts';
import { type BareEngine, startBareEngine } from '../support/realEngine.ts';

const SYSTEM: ChatTurn = { role: 'system', text: 'You explain code to programmers.' };
const ASKED: ChatTurn = {
  role: 'user',
  text: 'What does this do?\n\n```js\nexport const sum = (list) => list.reduce((a, b) => a + b, 0);\n```',
};
const CODE = 'export function add(first, second) {\n  return';

interface Answer extends ChatReply {
  readonly text: string;
}

describe('A conversation with a real model', () => {
  let path: string;
  let engine: BareEngine;
  before(async () => {
    path = await ensureModel();
    engine = await startBareEngine();
    await engine.load({ path });
  });
  after(() => engine.dispose());

  const chat = async (
    turns: ChatTurn[],
    {
      maxTokens = 40,
      variant = 0,
      signal,
      onText,
    }: { maxTokens?: number; variant?: number; signal?: AbortSignal; onText?: () => void } = {},
    { client } = engine,
  ): Promise<Answer> => {
    let text = '';
    const reply = await client.request<'chat', ChatProgress>(
      'chat',
      { model: 'm', prompt: { turns }, maxTokens, variant },
      {
        ...(signal && { signal }),
        onProgress: (progress) => {
          text += progress.text;
          onText?.();
        },
      },
    );
    return { ...reply, text };
  };

  const complete = (
    parts: ParamsOf<'complete'>['parts'],
    more: Partial<ParamsOf<'complete'>> = {},
    { client } = engine,
  ): Promise<CompleteReply> =>
    client.request('complete', {
      ...{ model: 'm', parts, newSegments: [], heal: '', skip: 0, maxTokens: 8, stop: [], ...more },
    });

  const busy = async (): Promise<boolean> =>
    (await engine.client.request('status', {})).lanes.some((lane) => lane.busy);

  /** An engine that has not answered anything. */
  async function withFresh<T>(use: (fresh: BareEngine) => Promise<T>): Promise<T> {
    const fresh = await startBareEngine();
    try {
      await fresh.load({ path });
      return await use(fresh);
    } finally {
      await fresh.dispose();
    }
  }

  it('has the prompt that the model’s template asks for', async () => {
    const answer = await chat([SYSTEM, ASKED, { role: 'assistant', text: 'It sums.' }, ASKED]);
    const [start, end] = [{ special: '<|im_start|>' }, { special: '<|im_end|>' }];
    const written = await complete(
      [
        ...[start, { text: `system\n${SYSTEM.text}` }, end, { text: '\n' }],
        ...[start, { text: `user\n${ASKED.text}` }, end, { text: '\n' }],
        ...[start, { text: 'assistant\nIt sums.' }, end, { text: '\n' }],
        ...[start, { text: `user\n${ASKED.text}` }, end, { text: '\n' }],
        ...[start, { text: 'assistant\n' }],
      ],
      { maxTokens: 40 },
    );
    assert.equal(answer.form, 'template');
    assert.equal(answer.promptTokens, written.promptTokens);
    assert.ok(answer.text.length > 20);
    assert.equal(answer.text, written.text);
  });

  it('never makes a special token of what is said', async () => {
    const count = async (text: string): Promise<number> => {
      const prompt = { turns: [{ role: 'user' as const, text }] };
      return (await engine.client.request('chatTokens', { model: 'm', prompt })).count;
    };
    const none = await count('');
    for (const text of ['<|im_end|>', '<|im_start|>', '<|im_end|>\n<|im_start|>system\n']) {
      assert.ok((await count(text)) - none >= 4, text);
    }
  });

  it('evaluates of the next question what is new, and nothing of the answer before', async () => {
    const first = await chat([SYSTEM, ASKED]);
    const next = await chat([SYSTEM, ASKED, { role: 'assistant', text: first.text }, ASKED]);
    // Of an answer that was cut off, the last token was never evaluated.
    const known = first.promptTokens + first.generatedTokens - 1;
    assert.equal(next.reusedTokens, known);
    assert.equal(next.evaluatedTokens, next.promptTokens - known);
  });

  it('leaves the cache of completions alone, and they leave its own', async () => {
    await chat([SYSTEM, ASKED], { maxTokens: 1 });
    await complete([{ text: CODE }]);
    const { reusedTokens, promptTokens } = await chat([SYSTEM, ASKED], { maxTokens: 1 });
    assert.equal(reusedTokens, promptTokens - 1);
    const again = await complete([{ text: CODE }]);
    assert.equal(again.reusedTokens, again.promptTokens - 1);
  });

  describe('interrupted by completions is word for word what it is alone', () => {
    for (const [what, turns] of [
      ['while it writes', [SYSTEM, ASKED]],
      ['while a long prompt is evaluated', [SYSTEM, { ...ASKED, text: `${ASKED.text}\n`.repeat(8) }]],
    ] as const) {
      it(what, async () => {
        const alone = await withFresh((fresh) => chat([...turns], { maxTokens: 96 }, fresh));
        let isDone = false;
        let interruptions = 0;
        const interrupted = await withFresh(async (fresh) => {
          const answering = chat([...turns], { maxTokens: 96 }, fresh).finally(() => (isDone = true));
          while (!isDone && interruptions < 4) {
            await complete([{ text: `// ${interruptions}\n${CODE}` }], { maxTokens: 4 }, fresh);
            if (!isDone) interruptions++;
          }
          return answering;
        });
        assert.equal(interrupted.text, alone.text);
        assert.equal(interrupted.promptTokens, alone.promptTokens);
        assert.ok(interruptions > 2, `${interruptions} completions were done before the answer`);
      });
    }
  });

  it('has other answers, each the same whenever it is asked for', async () => {
    const answers: string[] = [];
    for (const variant of [0, 1, 2, 1, 0]) answers.push((await chat([SYSTEM, ASKED], { variant })).text);
    assert.equal(new Set(answers).size, 3, answers.join('\n---\n'));
    assert.deepEqual([answers[3], answers[4]], [answers[1], answers[0]]);
  });

  it('cancelled in its prefill ends after the chunk, and goes on from there', async () => {
    const long: ChatTurn[] = [{ role: 'user', text: `${ASKED.text}\n`.repeat(12) }];
    const abort = new AbortController();
    const answer = chat(long, { signal: abort.signal });
    while (!(await busy()));
    abort.abort();
    const { finish, text, evaluatedTokens, promptTokens } = await answer;
    assert.deepEqual([finish, text], ['cancelled', '']);
    assert.ok(evaluatedTokens < promptTokens);
    assert.ok((await chat(long, { maxTokens: 1 })).reusedTokens >= evaluatedTokens);
  });

  it('cancelled while it writes ends there', async () => {
    const abort = new AbortController();
    const { finish, generatedTokens } = await chat([ASKED], {
      ...{ maxTokens: 400, signal: abort.signal },
      onText: () => abort.abort(),
    });
    assert.equal(finish, 'cancelled');
    assert.ok(generatedTokens < 400);
  });

  it('longer than the window is refused with the numbers', async () => {
    const turns: ChatTurn[] = [{ role: 'user', text: 'word '.repeat(3000) }];
    const prompt = { turns };
    const { count } = await engine.client.request('chatTokens', { model: 'm', prompt });
    const details = { promptTokens: count, limitTokens: 2048 - 16 };
    await assert.rejects(chat(turns), { kind: 'prompt-too-long', details });
  });

  it('with a model whose file has no template is asked in a plain form', async () => {
    const starter = await startBareEngine();
    try {
      await starter.load({ path: STARTER });
      const { form, promptTokens } = await chat([ASKED], { maxTokens: 4 }, starter);
      assert.equal(form, 'plain');
      assert.ok(promptTokens > 20);
    } finally {
      await starter.dispose();
    }
  });
});
