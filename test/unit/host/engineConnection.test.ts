import assert from 'node:assert/strict';
import { nullLog } from '../../../src/base/log.ts';
import { EngineConnection } from '../../../src/host/engineConnection.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import {
  type CompleteReply,
  type EngineRequests,
  PARAMS_SCHEMAS,
  type ParamsOf,
} from '../../../src/rpc/engineProtocol.ts';
import type { Handlers } from '../../../src/rpc/protocol.ts';
import { serve } from '../../../src/rpc/rpcServer.ts';
import { memoryTransport } from '../../support/memoryTransport.ts';

const REPLY: CompleteReply = {
  ...{
    text: '',
    finish: 'stop',
    promptTokens: 0,
    partTokens: [],
    reusedTokens: 0,
    evaluatedTokens: 0,
    generatedTokens: 0,
  },
  timings: { startedMs: 0, prefilledMs: 0, firstTokenMs: null, totalMs: 0 },
};

const unused = async (): Promise<never> => {
  throw new Error('not used');
};

type Complete = (params: ParamsOf<'complete'>) => Promise<CompleteReply>;

/** A connection to an "engine" whose answers to `complete` the test gives, in order. */
async function open(...answers: Complete[]) {
  const channel = memoryTransport();
  const asked: string[][] = [];
  const handlers: Handlers<EngineRequests> = {
    hello: async () => ({ protocol: 1, pid: 1, runtime: 'test' }),
    complete: async (params) => {
      asked.push(params.newSegments.map(({ text }) => text));
      return (answers.shift() ?? unused)(params);
    },
    ...{
      load: unused,
      unload: unused,
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
  };
  serve(channel.engine, PARAMS_SCHEMAS, handlers, nullLog, () => undefined);
  let end = (_how: string): void => undefined;
  const exited = new Promise<string>((resolve) => (end = resolve));
  const kill = () => end('killed');
  const connection = await EngineConnection.open({ transport: channel.host, pid: 1, exited, kill }, 'test');
  const complete = (...texts: string[]) =>
    connection.complete('m', {
      pieces: texts.map((segment) => ({ segment, leadingSpace: false })),
      ...{ heal: '', maxTokens: 1, stop: [], onText: () => undefined },
      signal: new AbortController().signal,
    });
  return { asked, complete, connection };
}

const answer: Complete = async () => REPLY;
const cancelled: Complete = async () => ({ ...REPLY, finish: 'cancelled' });
const fail =
  (kind: EngineError['kind']): Complete =>
  async () => {
    throw new EngineError(kind, 'No.');
  };

describe('EngineConnection', () => {
  const pictures: readonly [what: string, answers: Complete[], asked: string[][]][] = [
    ['sends each segment once', [answer, answer], [['a', 'b'], []]],
    [
      'takes a cancelled request’s segments for sent: the engine has them',
      [cancelled, answer],
      [['a', 'b'], []],
    ],
    [
      'sends them again after an error',
      [fail('prompt-too-long'), answer],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    ],
    [
      'sends all where the engine has forgotten some',
      [answer, fail('unknown-segments'), answer],
      [['a', 'b'], [], ['a', 'b']],
    ],
  ];
  for (const [what, answers, expected] of pictures) {
    it(what, async () => {
      const { asked, complete } = await open(...answers);
      await complete('a', 'b').catch(() => undefined);
      await complete('a', 'b');
      assert.deepEqual(asked, expected);
    });
  }

  it('does not send for ever to an engine that knows nothing', async () => {
    const { asked, complete } = await open(fail('unknown-segments'), fail('unknown-segments'));
    await assert.rejects(complete('a'), { kind: 'unknown-segments' });
    assert.deepEqual(asked, [['a'], ['a']]);
  });

  it('kills an engine that fails to shut down', async () => {
    const { connection } = await open();
    await connection.close();
    assert.equal(await connection.exited, 'killed');
    await connection.close();
    await assert.rejects(connection.status(), { kind: 'engine-gone' });
  });
});
