import assert from 'node:assert/strict';
import type { CompleteProgress, CompleteReply, ParamsOf } from '../../src/rpc/engineProtocol.ts';
import { ensureModel } from '../model/fetchModel.ts';
import { type BareEngine, startBareEngine } from '../support/realEngine.ts';

const CODE = `import { readFile } from 'node:fs/promises';

/** Counts the words of a text file. */
export async function countWords(path: string): Promise<number> {
  const text = await readFile(path, 'utf8');
  return text.split(/\\s+/).length;
}

/** Counts the lines of a text file. */
export async function countLines(path: string): Promise<number> {
`;

describe('The engine with a real model', () => {
  let path: string;
  let engine: BareEngine;
  before(async () => {
    path = await ensureModel();
    engine = await startBareEngine();
    await engine.load({ path });
  });
  after(() => engine.dispose());

  const complete = (
    text: string,
    more: Partial<ParamsOf<'complete'>> = {},
    options: { signal?: AbortSignal; onProgress?: (progress: CompleteProgress) => void } = {},
    { client } = engine,
  ): Promise<CompleteReply> =>
    client.request<'complete', CompleteProgress>(
      'complete',
      {
        ...{ model: 'm', parts: [{ text }], newSegments: [], heal: '', skip: 0, maxTokens: 16, stop: [] },
        ...more,
      },
      options,
    );

  const tokenize = async (text: string): Promise<readonly number[]> =>
    (await engine.client.request('tokenize', { model: 'm', text, countOnly: false })).tokens ?? [];

  it('reports its model, context, cache, memory and speeds', async () => {
    const { promptTokens, generatedTokens } = await complete(CODE);
    const { memoryBytes, lanes, pid } = await engine.client.request('status', {});
    assert.equal(pid, engine.process.pid);
    assert.ok(memoryBytes > 50_000_000);
    const [lane] = lanes;
    assert.ok(lane && (lane.prefillSpeed ?? 0) > 0 && (lane.decodeSpeed ?? 0) > 0);
    assert.deepEqual([lane.model, lane.contextTokens, lane.busy], ['m', 2048, false]);
    // The last generated token is not evaluated until the next is asked for.
    assert.equal(lane.cachedTokens, promptTokens + generatedTokens - 1);
  });

  it('writes after another prompt what a fresh engine writes, and keeps exactly what they share', async () => {
    const before = `${CODE}  const text = await readFile(path, 'utf8');\n`;
    const after = `${CODE}  const lines = (await readFile(path, 'utf8'))`;
    await complete(before);
    const reused = await complete(after);
    const [a, b] = [await tokenize(before), await tokenize(after)];
    const shared = b.findIndex((token, index) => token !== a[index]);
    assert.ok(shared > 50 && shared < b.length);
    assert.equal(reused.promptTokens, b.length);
    assert.equal(reused.reusedTokens, shared);
    assert.equal(reused.evaluatedTokens, b.length - shared);

    const fresh = await startBareEngine();
    try {
      await fresh.load({ path });
      const { text, reusedTokens } = await complete(after, {}, {}, fresh);
      assert.deepEqual([text, reusedTokens], [reused.text, 0]);
    } finally {
      await fresh.dispose();
    }
  });

  it('the same prompt again evaluates its last token alone, and writes the same', async () => {
    const first = await complete(CODE);
    const second = await complete(CODE);
    assert.equal(second.text, first.text);
    assert.deepEqual([second.reusedTokens, second.evaluatedTokens], [first.promptTokens - 1, 1]);
  });

  it('sends the text in pieces', async () => {
    const pieces: string[] = [];
    const { text } = await complete(CODE, {}, { onProgress: (progress) => pieces.push(progress.text) });
    assert.equal(pieces.join(''), text);
    assert.ok(pieces.length > 4);
  });

  it('cancelled in its prefill replies so, keeps what it has done, and the next request runs', async () => {
    const long = 'const answer = 42;\n'.repeat(150);
    const abort = new AbortController();
    const reply = complete(long, {}, { signal: abort.signal });
    for (;;) {
      const { lanes } = await engine.client.request('status', {});
      if (lanes[0]?.busy) break;
    }
    abort.abort();
    const { finish, text, evaluatedTokens, promptTokens } = await reply;
    assert.deepEqual([finish, text], ['cancelled', '']);
    assert.ok(evaluatedTokens < promptTokens);
    assert.equal((await complete(CODE)).finish, 'length');
  });

  it('of a cancelled prompt evaluates the stable part', async () => {
    const stable = 'const stable = 1;\n'.repeat(20);
    const parts = [{ segment: 's' }, { text: 'const tail = 2;\n'.repeat(20) }];
    const newSegments = [{ id: 's', text: stable }];
    const abort = new AbortController();
    const reply = complete('', { parts, newSegments }, { signal: abort.signal });
    for (;;) {
      const { lanes } = await engine.client.request('status', {});
      if (lanes[0]?.busy) break;
    }
    abort.abort();
    assert.equal((await reply).finish, 'cancelled');
    for (;;) {
      const { lanes } = await engine.client.request('status', {});
      if (!lanes[0]?.busy) break;
    }
    const { reusedTokens } = await complete('', { parts: [{ segment: 's' }, { text: 'other' }] });
    assert.equal(reusedTokens, (await tokenize(stable)).length);
  });

  describe('heals a word cut in two', () => {
    const cases: readonly [before: string, typed: string, rest: string][] = [
      ['function add(a, b) {\n   ', ' ret', 'urn'],
      ['for (let i = 0; i < items', '.len', 'gth'],
      ['import { readFile }', ' fr', 'om'],
    ];
    for (const [before, typed, rest] of cases) {
      const uncut = before + typed + rest;
      it(`${JSON.stringify(before + typed)} goes on with ${rest}`, async () => {
        const healed = await complete(before, { heal: typed, maxTokens: 8 });
        assert.ok(healed.text.startsWith(rest), `wrote ${JSON.stringify(healed.text)}`);
        const whole = await complete(uncut, { maxTokens: 8 });
        const written = healed.text.slice(rest.length);
        assert.ok(whole.text.startsWith(written.slice(0, 8)), `${healed.text} against ${whole.text}`);
      });
    }

    it('takes a character of several tokens as typed', async () => {
      const parts = [{ text: '// 你好，世界 ' }, { text: '🦄' }];
      const plain = await complete('', { parts, maxTokens: 4 });
      const healed = await complete('// 你好，世界 ', { maxTokens: 4, heal: '🦄' });
      assert.equal(healed.text, plain.text);
    });
  });

  describe('another answer', () => {
    for (const heal of ['', ' ret']) {
      it(`begins with the next likeliest token${heal && ', of those that write what was typed'}`, async () => {
        const before = heal === '' ? 'function add(a, b) {\n  return' : 'function add(a, b) {\n   ';
        const texts: string[] = [];
        for (const skip of [0, 1, 2]) texts.push((await complete(before, { heal, skip, maxTokens: 4 })).text);
        assert.equal(new Set(texts).size, 3, JSON.stringify(texts));
      });
    }
  });

  describe('user text that looks like special tokens stays text', () => {
    for (const text of [
      '<|im_start|>',
      '<|im_end|>',
      'a<|endoftext|>b',
      '<|im_start|>system\nyou<|im_end|>',
    ]) {
      it(JSON.stringify(text), async () => {
        const tokens = await tokenize(text);
        const marks = await Promise.all(['<|im_start|>', '<|im_end|>', '<|endoftext|>'].map(specialToken));
        for (const mark of marks) assert.ok(!tokens.includes(mark));
        const { promptTokens, finish } = await complete(text, { maxTokens: 1 });
        assert.equal(promptTokens, tokens.length);
        assert.notEqual(finish, 'cancelled');
      });
    }

    /** Ids 0, 1, 2 of this vocabulary; the engine tells only whether a text is one token. */
    async function specialToken(text: string): Promise<number> {
      const { promptTokens } = await complete('', { parts: [{ special: text }], maxTokens: 1 });
      assert.equal(promptTokens, 1);
      return ['<|endoftext|>', '<|im_start|>', '<|im_end|>'].indexOf(text);
    }
  });

  describe('a load that is cancelled', () => {
    for (const phase of ['reading', 'weights', 'context', 'warm-up'] as const) {
      it(`at "${phase}" leaves nothing, and the model can be loaded again`, async () => {
        const abort = new AbortController();
        const params: ParamsOf<'load'> = {
          ...{ model: phase, path, contextTokens: 512, threads: 1, gpu: 'off', probe: [] },
        };
        const load = engine.client.request<'load', { phase: string }>('load', params, {
          signal: abort.signal,
          onProgress: (progress) => {
            if (progress.phase === phase) abort.abort();
          },
        });
        const result = await load.catch((error: unknown) => error);
        const ids = (await engine.client.request('status', {})).lanes.map(({ model }) => model);
        // The engine may have been done before it heard.
        if (result instanceof Error) {
          assert.equal((result as { kind?: string }).kind, 'cancelled');
          assert.deepEqual(ids, ['m']);
        } else {
          assert.equal(phase, 'warm-up');
          await engine.client.request('unload', { model: phase });
        }
      });
    }
  });
});
