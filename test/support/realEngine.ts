import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Log, nullLog } from '../../src/base/log.ts';
import { probedTexts } from '../../src/core/completion/chooseFimFormat.ts';
import { EngineHost } from '../../src/host/engineHost.ts';
import { type ForkedProcess, forkProcess } from '../../src/host/forkProcess.ts';
import { LocalChatModel } from '../../src/host/localChatModel.ts';
import { LocalModel } from '../../src/host/localModel.ts';
import {
  type EngineRequests,
  type ModelFacts,
  type ParamsOf,
  PROTOCOL_VERSION,
} from '../../src/rpc/engineProtocol.ts';
import { RpcClient } from '../../src/rpc/rpcClient.ts';

export const ENGINE = resolve(import.meta.dirname, '../../src/engine/main.ts');

export interface RealEngine {
  readonly host: EngineHost;
  readonly model: LocalModel;
  readonly chat: LocalChatModel;
  /** The newest engine process. */
  process(): ForkedProcess;
  dispose(): void;
}

export interface RealEngineOptions {
  /** None: the state of a user who has not chosen a model. */
  readonly modelPath: string | undefined;
  readonly contextTokens?: number;
  /** ggml threads. Default: all cores but one. */
  readonly threads?: number;
  readonly log?: Log;
  /** The engine process's main file. Default: the extension's own. */
  readonly main?: string;
}

/** The engine from its TypeScript sources in a process of its own, with everything the extension puts around it. */
export async function startRealEngine({
  modelPath,
  contextTokens = 8192,
  threads = 0,
  log = nullLog,
  main = ENGINE,
}: RealEngineOptions): Promise<RealEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
  let newest: ForkedProcess | undefined;
  const host = new EngineHost({
    fork: async () => (newest = await forkProcess(main, join(directory, 'engine.log'))),
    whenQuiet: async () => undefined,
    probe: probedTexts(),
    version: 'test',
    log,
  });
  const model = new LocalModel(host);
  const chat = new LocalChatModel(host);
  if (modelPath !== undefined) host.configure({ modelPath, contextTokens, threads, gpu: 'off' });
  return {
    host,
    model,
    chat,
    process() {
      if (!newest) throw new Error('No engine has been started.');
      return newest;
    },
    dispose() {
      chat.dispose();
      model.dispose();
      host.dispose();
      void Promise.resolve(newest?.exited).then(() => rm(directory, { recursive: true, force: true }));
    },
  };
}

/** The engine process alone, spoken to in its own protocol. */
export interface BareEngine {
  readonly client: RpcClient<EngineRequests>;
  readonly process: ForkedProcess;
  load(model: Partial<ParamsOf<'load'>> & { path: string }, signal?: AbortSignal): Promise<ModelFacts>;
  /** Resolves when the process has ended. */
  dispose(): Promise<void>;
}

export async function startBareEngine(): Promise<BareEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
  const engine = await forkProcess(ENGINE, join(directory, 'engine.log'));
  const client = new RpcClient<EngineRequests>(engine.transport, () => undefined);
  await client.request('hello', { protocol: PROTOCOL_VERSION, client: 'test' });
  return {
    client,
    process: engine,
    load: (params, signal) =>
      client.request(
        'load',
        { model: 'm', contextTokens: 2048, threads: 1, gpu: 'off', probe: [], ...params },
        { ...(signal && { signal }) },
      ),
    async dispose() {
      engine.kill();
      await engine.exited;
      client.dispose();
      await rm(directory, { recursive: true });
    },
  };
}
