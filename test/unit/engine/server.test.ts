import assert from 'node:assert/strict';
import { nullLog } from '../../../src/base/log.ts';
import { startEngine } from '../../../src/engine/server.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import {
  type ChatProgress,
  type CompleteProgress,
  type LoadProgress,
  type ParamsOf,
  PROTOCOL_VERSION,
  type EngineRequests,
} from '../../../src/rpc/engineProtocol.ts';
import { RpcClient } from '../../../src/rpc/rpcClient.ts';
import { memoryTransport } from '../../support/memoryTransport.ts';
import { type Script, ScriptedBinding } from '../../support/scriptedBinding.ts';

const LOAD: ParamsOf<'load'> = {
  model: 'm',
  path: '/m.gguf',
  contextTokens: 4096,
  threads: 1,
  gpu: 'off',
  probe: [],
};

const prompt = (text: string, more: Partial<ParamsOf<'complete'>> = {}): ParamsOf<'complete'> => ({
  model: 'm',
  parts: [{ text }],
  newSegments: [],
  heal: '',
  skip: 0,
  maxTokens: 64,
  stop: [],
  ...more,
});

const tick = () => new Promise((resolve) => setImmediate(resolve));

/** The engine's own server and the host's own client, with a channel in memory between them. */
function start(script: Script = {}) {
  const channel = memoryTransport();
  const binding = new ScriptedBinding(script);
  const exits: string[] = [];
  const leave = startEngine(channel.engine, binding, nullLog, () => exits.push('exit'));
  const closes: string[] = [];
  const client = new RpcClient<EngineRequests>(channel.host, () => closes.push('close'));
  return {
    ...{ channel, binding, client, exits, closes, leave },
    hello: () => client.request('hello', { protocol: PROTOCOL_VERSION, client: 'test' }),
  };
}

async function startLoaded(script: Script = {}) {
  const engine = start(script);
  await engine.hello();
  await engine.client.request('load', LOAD);
  const [model] = engine.binding.models;
  assert.ok(model);
  return { ...engine, model };
}

describe('Engine server', () => {
  describe('handshake', () => {
    it('says who it is', async () => {
      assert.deepEqual(await start().hello(), {
        protocol: PROTOCOL_VERSION,
        pid: process.pid,
        runtime: 'scripted',
      });
    });

    it('refuses another version, and everything after it', async () => {
      const { client } = start();
      const hello = { protocol: PROTOCOL_VERSION + 1, client: 'test' };
      await assert.rejects(client.request('hello', hello), { kind: 'protocol' });
      await assert.rejects(client.request('load', LOAD), { kind: 'protocol' });
    });

    it('refuses every call before it', async () => {
      const { client } = start();
      const refused = { name: 'EngineError', kind: 'protocol' };
      await assert.rejects(client.request('load', LOAD), refused);
      await assert.rejects(client.request('unload', { model: 'm' }), refused);
      await assert.rejects(client.request('complete', prompt('a')), refused);
      await assert.rejects(client.request('tokenize', { model: 'm', text: '', countOnly: true }), refused);
      await assert.rejects(client.request('status', {}), refused);
      await assert.rejects(client.request('shutdown', {}), refused);
    });
  });

  describe('load', () => {
    it('reports progress to the end and returns the facts', async () => {
      const { hello, client } = start({ contextTokens: 100 });
      await hello();
      const fractions: number[] = [];
      const facts = await client.request<'load', LoadProgress>('load', LOAD, {
        onProgress: ({ fraction }) => fractions.push(fraction),
      });
      assert.equal(facts.contextTokens, 100);
      assert.deepEqual(fractions, [0.5, 1]);
    });

    it('warms up and leaves an empty cache', async () => {
      const { model } = await startLoaded();
      assert.deepEqual(model.sequence.calls, ['prefill 16', 'truncate 0', 'prefill 16', 'truncate 0']);
    });

    it('refuses an id that is loaded, or being loaded', async () => {
      const { hello, client, binding } = start();
      await hello();
      const gate = binding.holdNextLoad();
      const first = client.request('load', LOAD);
      await gate.arrived;
      await assert.rejects(client.request('load', LOAD), { kind: 'bad-request' });
      gate.release();
      await first;
      await assert.rejects(client.request('load', LOAD), { kind: 'bad-request' });
      assert.equal(binding.models.length, 1);
    });

    it('may be tried again after a failure', async () => {
      const { hello, client, binding } = start();
      await hello();
      binding.failNextLoad(new EngineError('truncated', 'Cut.', { path: '/m.gguf' }));
      await assert.rejects(client.request('load', LOAD), { kind: 'truncated', message: 'Cut.' });
      await client.request('load', LOAD);
    });

    it('cancelled while the weights load leaves nothing', async () => {
      const { hello, client, binding } = start();
      await hello();
      const gate = binding.holdNextLoad();
      const abort = new AbortController();
      const load = client.request('load', LOAD, { signal: abort.signal });
      await gate.arrived;
      abort.abort();
      await tick();
      gate.release();
      await assert.rejects(load, { kind: 'cancelled' });
      assert.equal(binding.models.length, 0);
      await client.request('load', LOAD);
    });

    for (const failure of ['cancelled', 'failed'] as const) {
      it(`${failure} while it warms up disposes the model`, async () => {
        const { hello, client, binding } = start();
        await hello();
        const abort = new AbortController();
        const load = client.request<'load', LoadProgress>('load', LOAD, { signal: abort.signal });
        while (binding.models.length === 0) await tick();
        const [model] = binding.models;
        if (failure === 'cancelled') abort.abort();
        else model?.sequence.failNext('prefill', new Error('native'));
        await assert.rejects(load, { kind: failure === 'cancelled' ? 'cancelled' : 'internal' });
        assert.equal(model?.disposed, true);
        assert.deepEqual((await client.request('status', {})).lanes, []);
      });
    }
  });

  describe('complete', () => {
    it('reports the text as it comes', async () => {
      const { client } = await startLoaded({ continuations: { a: 'bcd' } });
      const pieces: string[] = [];
      const reply = await client.request<'complete', CompleteProgress>('complete', prompt('a'), {
        onProgress: ({ text }) => pieces.push(text),
      });
      assert.equal(reply.text, 'bcd');
      assert.deepEqual(pieces, ['b', 'c', 'd']);
    });

    it('counts its times from the arrival of the request', async () => {
      const { client } = await startLoaded({ continuations: { a: 'bcd' } });
      const { timings } = await client.request('complete', prompt('a'));
      const { startedMs, prefilledMs, firstTokenMs, totalMs } = timings;
      assert.ok(firstTokenMs !== null);
      const inOrder = [0, startedMs, prefilledMs, firstTokenMs, totalMs];
      assert.deepEqual(
        inOrder,
        inOrder.toSorted((a, b) => a - b),
      );
    });

    it('knows segments of earlier requests, and names those it does not', async () => {
      const { client } = await startLoaded({ continuations: { abc: 'd' } });
      const parts = [{ segment: '1' }, { text: 'c' }];
      await assert.rejects(client.request('complete', prompt('', { parts })), {
        kind: 'unknown-segments',
        details: { unknown: ['1'] },
      });
      const newSegments = [{ id: '1', text: 'ab' }];
      assert.equal((await client.request('complete', prompt('', { parts, newSegments }))).text, 'd');
      assert.equal((await client.request('complete', prompt('', { parts }))).text, 'd');
    });

    it('cancelled in its prefill replies, and the next one runs', async () => {
      const { client, model } = await startLoaded({ continuations: { a: 'b' } });
      const gate = model.sequence.holdNext('prefill');
      const abort = new AbortController();
      const reply = client.request('complete', prompt('x'.repeat(1000)), { signal: abort.signal });
      await gate.arrived;
      abort.abort();
      await tick();
      await tick();
      gate.release();
      assert.equal((await reply).finish, 'cancelled');
      assert.equal((await client.request('complete', prompt('a'))).text, 'b');
    });

    it('cancelled before it is sent does no work', async () => {
      const { client, model } = await startLoaded();
      const calls = model.sequence.calls.length;
      const reply = client.request('complete', prompt('b'), { signal: AbortSignal.abort() });
      await assert.rejects(reply, { kind: 'cancelled' });
      await client.request('status', {});
      assert.equal(model.sequence.calls.length, calls);
    });

    it('asks for a model that is loaded', async () => {
      const { client } = await startLoaded();
      await assert.rejects(client.request('complete', prompt('a', { model: 'other' })), {
        kind: 'model-not-loaded',
      });
    });
  });

  describe('chat', () => {
    const script: Script = {
      specials: ['<role>'],
      chatTemplate:
        '{% for m in messages %}<role>{{ m.role }}\n{{ m.content }}{{ eos_token }}{% endfor %}' +
        '{% if add_generation_prompt %}<role>assistant\n{% endif %}',
      continuations: { 'Why?<end><role>assistant\n': 'Because.', a: 'b' },
    };
    const chat = (text = 'Why?'): ParamsOf<'chat'> => ({
      model: 'm',
      prompt: { turns: [{ role: 'user', text }] },
      maxTokens: 64,
    });

    it('reports the answer as it comes, and says in which form it asked', async () => {
      const { client } = await startLoaded(script);
      let text = '';
      const reply = await client.request<'chat', ChatProgress>('chat', chat(), {
        onProgress: (progress) => (text += progress.text),
      });
      assert.equal(text, 'Because.');
      assert.deepEqual([reply.finish, reply.form, reply.generatedTokens], ['stop', 'template', 8]);
      const { count } = await client.request('chatTokens', { model: 'm', prompt: chat().prompt });
      assert.equal(reply.promptTokens, count);
    });

    it('makes its context with the first conversation, and leaves the completions’ cache alone', async () => {
      const { client, model } = await startLoaded(script);
      await client.request('chatTokens', { model: 'm', prompt: chat().prompt });
      await client.request('complete', prompt('xa'));
      assert.equal(model.chatSequence, undefined);
      await client.request('chat', chat());
      const sequence = model.chatSequence;
      assert.ok(sequence);
      await client.request('chat', chat());
      assert.equal(model.chatSequence, sequence);
      const { reusedTokens } = await client.request('complete', prompt('xa'));
      assert.equal(reusedTokens, 1);
    });

    it('without room for a context fails with the numbers, and may be tried again', async () => {
      const { client, model } = await startLoaded(script);
      const details = { neededBytes: 2, freeBytes: 1 };
      model.failNextOpen(new EngineError('not-enough-memory', 'Too large.', details));
      await assert.rejects(client.request('chat', chat()), { kind: 'not-enough-memory', details });
      assert.equal((await client.request('chat', chat())).finish, 'stop');
    });

    it('lets a completion go first', async () => {
      const { client, model } = await startLoaded(script);
      await client.request('chat', chat('x'));
      const gate = model.chatSequence?.holdNext('generate');
      const order: string[] = [];
      const answered = client.request('chat', chat()).then(() => order.push('chat'));
      await gate?.arrived;
      const completed = client.request('complete', prompt('a')).then(() => order.push('complete'));
      await tick();
      await tick();
      gate?.release();
      await Promise.all([answered, completed]);
      assert.deepEqual(order, ['complete', 'chat']);
    });

    it('refuses what is no conversation', async () => {
      const { client } = await startLoaded(script);
      const prompts: unknown[] = [
        { turns: [] },
        { turns: [{ role: 'tool', text: '' }] },
        { turns: [{ role: 'user', text: 1 }] },
        { parts: [{ segment: 'a' }], lead: '' },
        { parts: [{ text: 'a' }] },
      ];
      for (const wrong of prompts) {
        const params = { ...chat(), prompt: wrong } as ParamsOf<'chat'>;
        await assert.rejects(client.request('chat', params), { kind: 'bad-request' });
      }
    });

    it('ends with the model', async () => {
      const { client, model } = await startLoaded(script);
      await client.request('chat', chat('x'));
      const gate = model.chatSequence?.holdNext('generate');
      const ended = assert.rejects(client.request('chat', chat()), { kind: 'model-not-loaded' });
      await gate?.arrived;
      const unloaded = client.request('unload', { model: 'm' });
      await tick();
      assert.equal(model.disposed, false);
      gate?.release();
      await Promise.all([ended, unloaded]);
      assert.equal(model.disposed, true);
    });
  });

  describe('unload', () => {
    it('ends the completion at work, then frees the model', async () => {
      const { client, model } = await startLoaded();
      const gate = model.sequence.holdNext('prefill');
      const ended = assert.rejects(client.request('complete', prompt('x'.repeat(1000))), {
        kind: 'model-not-loaded',
      });
      await gate.arrived;
      const unloaded = client.request('unload', { model: 'm' });
      await tick();
      assert.equal(model.disposed, false);
      gate.release();
      await Promise.all([ended, unloaded]);
      assert.equal(model.disposed, true);
      await assert.rejects(client.request('unload', { model: 'm' }), { kind: 'model-not-loaded' });
    });
  });

  describe('measure', () => {
    const mode = { model: 'm', flashAttention: true, threads: 2, depthTokens: 512 };

    it('replies with the times of the model run that way', async () => {
      const { client, model } = await startLoaded();
      assert.deepEqual(await client.request('measure', mode), { prefillMs: 640, keyMs: 160, tokenMs: 20 });
      assert.deepEqual(model.measured, [{ flashAttention: true, threads: 2, depthTokens: 512 }]);
    });

    for (const request of ['complete', 'warmUp', 'chat'] as const) {
      it(`ends with a ${request}, and may be asked for again`, async () => {
        const { client, model } = await startLoaded({ continuations: { a: 'b' } });
        const gate = model.holdNextMeasure();
        const measured = assert.rejects(client.request('measure', mode), { kind: 'cancelled' });
        await gate.arrived;
        const { parts } = prompt('xyz');
        const turns = [{ role: 'user' as const, text: 'a' }];
        if (request === 'complete') await client.request('complete', prompt('a'));
        else if (request === 'chat')
          await client.request('chat', { model: 'm', prompt: { turns }, maxTokens: 1 });
        else await client.request('warmUp', { model: 'm', parts, newSegments: [], budgetMs: null });
        gate.release();
        await measured;
        await client.request('measure', mode);
      });
    }

    it('is not begun while a prompt is evaluated', async () => {
      const { client, model } = await startLoaded({ continuations: { a: 'b' } });
      const gate = model.sequence.holdNext('generate');
      const completed = client.request('complete', prompt('a'));
      await gate.arrived;
      await assert.rejects(client.request('measure', mode), { kind: 'cancelled' });
      gate.release();
      assert.equal((await completed).text, 'b');
      assert.deepEqual(model.measured, []);
    });

    it('ends before the model is freed', async () => {
      const { client, model } = await startLoaded();
      const gate = model.holdNextMeasure();
      const measured = assert.rejects(client.request('measure', mode), { kind: 'cancelled' });
      await gate.arrived;
      const unloaded = client.request('unload', { model: 'm' });
      await tick();
      await tick();
      assert.equal(model.disposed, false);
      gate.release();
      await Promise.all([measured, unloaded]);
      assert.equal(model.disposed, true);
    });
  });

  it('tokenizes user text, or counts its tokens', async () => {
    const { client } = await startLoaded({ words: ['ab'], specials: ['<s>'] });
    assert.deepEqual(await client.request('tokenize', { model: 'm', text: 'abc', countOnly: false }), {
      count: 2,
      tokens: [256, 99],
    });
    assert.deepEqual(await client.request('tokenize', { model: 'm', text: '<s>', countOnly: true }), {
      count: 3,
    });
  });

  it('reports memory, and each lane with its model, context, cache and speeds', async () => {
    const { client } = await startLoaded({ continuations: { a: 'bcd' } });
    await client.request('complete', prompt('a'));
    const { pid, memoryBytes, lanes } = await client.request('status', {});
    assert.equal(pid, process.pid);
    assert.ok(memoryBytes > 0);
    const [lane] = lanes;
    assert.ok(lane && (lane.prefillSpeed ?? 0) > 0 && (lane.decodeSpeed ?? 0) > 0);
    assert.deepEqual([lane.model, lane.contextTokens, lane.cachedTokens, lane.busy], ['m', 4096, 4, false]);
  });

  describe('leaves', () => {
    it('on shutdown: replies, frees everything, exits once', async () => {
      const { client, model, exits, leave } = await startLoaded();
      assert.equal(await client.request('shutdown', {}), null);
      await client.request('shutdown', {});
      leave();
      while (exits.length === 0) await tick();
      assert.equal(model.disposed, true);
      await tick();
      assert.deepEqual(exits, ['exit']);
    });

    it('when its host is gone, from the middle of a load', async () => {
      const { hello, channel, client, binding, exits } = start();
      await hello();
      const gate = binding.holdNextLoad();
      const gone = assert.rejects(client.request('load', LOAD), { kind: 'engine-gone' });
      await gate.arrived;
      channel.close();
      gate.release();
      await gone;
      while (exits.length === 0) await tick();
      assert.equal(binding.models.length, 0);
    });

    it('when its host is gone, from the middle of a completion', async () => {
      const { channel, client, model, exits } = await startLoaded();
      const gate = model.sequence.holdNext('prefill');
      const gone = assert.rejects(client.request('complete', prompt('x'.repeat(1000))), {
        kind: 'engine-gone',
      });
      await gate.arrived;
      channel.close();
      gate.release();
      await gone;
      while (exits.length === 0) await tick();
      assert.equal(model.disposed, true);
      assert.equal(model.sequence.length, 0);
    });
  });
});
