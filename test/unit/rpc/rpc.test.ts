import assert from 'node:assert/strict';
import { createMessageConnection } from 'vscode-jsonrpc/node';
import { type Log, nullLog } from '../../../src/base/log.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import {
  type EngineMethod,
  type EngineRequests,
  PARAMS_SCHEMAS,
  type ParamsOf,
  PROTOCOL_VERSION,
} from '../../../src/rpc/engineProtocol.ts';
import { RpcClient } from '../../../src/rpc/rpcClient.ts';
import type { CallContext, Handlers } from '../../../src/rpc/protocol.ts';
import { serve } from '../../../src/rpc/rpcServer.ts';
import { memoryTransport } from '../../support/memoryTransport.ts';

const HELLO = { protocol: PROTOCOL_VERSION, client: 'test' };

const unused = async (): Promise<never> => {
  throw new Error('not used');
};

async function start(own: Partial<Handlers<EngineRequests>> = {}, log: Log = nullLog) {
  const channel = memoryTransport();
  const handlers: Handlers<EngineRequests> = {
    hello: async () => ({ protocol: 1, pid: 1, runtime: 'test' }),
    ...{
      load: unused,
      unload: unused,
      complete: unused,
      chat: unused,
      chatTokens: unused,
      tokenize: unused,
      warmUp: unused,
      measure: unused,
      inspect: unused,
      locate: unused,
      download: unused,
      status: unused,
      shutdown: unused,
    },
    ...own,
  };
  const closes: string[] = [];
  serve(channel.engine, PARAMS_SCHEMAS, handlers, log, () => closes.push('server'));
  const client = new RpcClient<EngineRequests>(channel.host, () => closes.push('client'));
  await client.request('hello', HELLO);
  return { channel, client, closes };
}

/** A handler that says when it was called, and answers only to its signal. */
function hanging() {
  let called = (_context: CallContext): void => undefined;
  const call = new Promise<CallContext>((resolve) => (called = resolve));
  const handler = (_params: unknown, context: CallContext) =>
    new Promise<never>((_resolve, reject) => {
      called(context);
      context.signal.addEventListener('abort', () => reject(new EngineError('cancelled', 'Stopped.')));
    });
  return { call, handler };
}

describe('RPC', () => {
  it('takes a model id as long as a path may be', async () => {
    const { client } = await start({ unload: async () => null });
    assert.equal(await client.request('unload', { model: `/${'long/'.repeat(800)}model.gguf` }), null);
  });

  describe('errors', () => {
    it('cross with what the library said, for the log a user is shown', async () => {
      const { client } = await start({
        status: async () => {
          throw new EngineError('no-binary', 'None.', {}, { cause: new Error('libfoo.so is missing') });
        },
      });
      const error: unknown = await client.request('status', {}).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof EngineError);
      assert.match(String(error.details['reason']), /libfoo\.so is missing/);
    });

    it('cross with kind, message and details, and the stack of who asked', async () => {
      const details = { neededBytes: 5, path: '/m', unknown: ['a', 'b'] };
      const { client } = await start({
        status: async () => {
          throw new EngineError('not-enough-memory', 'Too big.', details);
        },
      });
      const askForStatus = async () => await client.request('status', {});
      const error = await askForStatus().catch((caught: unknown) => caught);
      assert.ok(error instanceof EngineError);
      assert.deepEqual(
        [error.kind, error.message, error.details],
        ['not-enough-memory', 'Too big.', details],
      );
      assert.match(error.stack ?? '', /Too big[\s\S]*askForStatus/);
    });

    it('of any other kind are bugs: internal, and logged whole', async () => {
      const logged: unknown[] = [];
      const { client } = await start(
        {
          status: async () => {
            throw new RangeError('oops');
          },
        },
        { ...nullLog, error: (_message, error) => logged.push(error) },
      );
      await assert.rejects(client.request('status', {}), {
        kind: 'internal',
        message: 'status: RangeError: oops',
      });
      assert.ok(logged[0] instanceof RangeError);
    });

    it('that this protocol does not know do not pass for a dead engine', async () => {
      const channel = memoryTransport();
      createMessageConnection(channel.engine.reader, channel.engine.writer).listen();
      const client = new RpcClient<EngineRequests>(channel.host, () => undefined);
      await assert.rejects(client.request('status', {}), { kind: 'internal', message: /status/ });
    });
  });

  describe('refuses bad parameters', () => {
    const bad: readonly [what: string, method: EngineMethod, params: unknown][] = [
      ['none', 'load', undefined],
      ['not an object', 'load', 'x'],
      ['an empty model id', 'unload', { model: '' }],
      ['a model id that is none', 'unload', { model: 1 }],
      ['no parts', 'complete', { model: 'm', parts: [], newSegments: [], heal: '', maxTokens: 1, stop: [] }],
      [
        'maxTokens 0',
        'complete',
        { model: 'm', parts: [{ text: '' }], newSegments: [], heal: '', maxTokens: 0, stop: [] },
      ],
      [
        'a part of two kinds',
        'complete',
        {
          model: 'm',
          parts: [{ text: '', segment: '' }],
          newSegments: [],
          heal: '',
          maxTokens: 1,
          stop: [],
        },
      ],
      ['a hello without version', 'hello', { client: 'x' }],
    ];
    for (const [what, method, params] of bad) {
      it(`${method}: ${what}`, async () => {
        const { client } = await start();
        await assert.rejects(client.request(method, params as ParamsOf<typeof method>), {
          kind: 'bad-request',
          message: new RegExp(`^${method}: `),
        });
      });
    }
  });

  it('a cancelled call reaches its handler', async () => {
    const { call, handler } = hanging();
    const { client } = await start({ complete: handler, status: handler });
    const abort = new AbortController();
    const reply = client.request('status', {}, { signal: abort.signal });
    assert.equal((await call).signal.aborted, false);
    abort.abort();
    await assert.rejects(reply, { kind: 'cancelled' });
  });

  it('progress arrives in order, before the reply, and only at its own call', async () => {
    const { client } = await start({
      unload: async ({ model }, { report }) => {
        for (const part of [1, 2, 3]) report(`${model}${part}`);
        return null;
      },
    });
    const seen: string[] = [];
    const unload = (model: string) =>
      client.request<'unload', string>('unload', { model }, { onProgress: (value) => seen.push(value) });
    await Promise.all([unload('a'), unload('b'), client.request('unload', { model: 'c' })]);
    assert.deepEqual(seen.toSorted(), ['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
    assert.deepEqual(
      seen.filter((value) => value.startsWith('a')),
      ['a1', 'a2', 'a3'],
    );
  });

  describe('a closed channel', () => {
    it('rejects every pending and every later call, and tells both sides', async () => {
      const { call, handler } = hanging();
      const { client, channel, closes } = await start({ complete: handler, load: handler, status: handler });
      const calls = [client.request('status', {}), client.request('status', {})];
      const { signal } = await call;
      channel.close();
      for (const each of calls) await assert.rejects(each, { kind: 'engine-gone' });
      await assert.rejects(client.request('status', {}), { kind: 'engine-gone' });
      assert.equal(signal.aborted, true);
      assert.deepEqual(closes.toSorted(), ['client', 'server']);
    });

    it('is the same to a call whose signal is aborted', async () => {
      const { client, channel } = await start();
      channel.close();
      const options = { signal: AbortSignal.abort() };
      await assert.rejects(client.request('status', {}, options), { kind: 'engine-gone' });
    });

    it('does not mind what is reported or answered after it', async () => {
      let answer = (): void => undefined;
      const { client, channel } = await start({
        unload: (_params, { report }) =>
          new Promise((resolve) => {
            answer = () => (report('late'), resolve(null));
          }),
      });
      const gone = assert.rejects(client.request('unload', { model: 'm' }), { kind: 'engine-gone' });
      await new Promise((resolve) => setTimeout(resolve, 5));
      channel.close();
      answer();
      await gone;
    });
  });

  it('a disposed client rejects what is pending and what follows', async () => {
    const { call, handler } = hanging();
    const { client, closes } = await start({ status: handler });
    const pending = client.request('status', {});
    await call;
    client.dispose();
    client.dispose();
    await assert.rejects(pending, { kind: 'engine-gone' });
    await assert.rejects(client.request('status', {}), { kind: 'engine-gone' });
    assert.deepEqual(closes, []);
  });
});
