import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Log, nullLog } from '../../src/base/log.ts';
import { probedTexts } from '../../src/core/completion/chooseFimFormat.ts';
import { EngineHost } from '../../src/host/engineHost.ts';
import { type EngineProcess, forkEngine } from '../../src/host/forkEngine.ts';
import { LocalModel } from '../../src/host/localModel.ts';

const ENGINE = resolve(import.meta.dirname, '../../src/engine/main.ts');

export interface RealEngine {
  readonly host: EngineHost;
  readonly model: LocalModel;
  /** The newest engine process. */
  process(): EngineProcess;
  dispose(): void;
}

export interface RealEngineOptions {
  readonly modelPath: string;
  readonly contextTokens?: number;
  readonly log?: Log;
}

/** The engine from its TypeScript sources in a process of its own, with everything the extension puts around it. */
export async function startRealEngine({
  modelPath,
  contextTokens = 8192,
  log = nullLog,
}: RealEngineOptions): Promise<RealEngine> {
  const logPath = join(await mkdtemp(join(tmpdir(), 'deepwell-')), 'engine.log');
  let newest: EngineProcess | undefined;
  const host = new EngineHost({
    fork: async () => (newest = await forkEngine(ENGINE, logPath)),
    whenQuiet: async () => undefined,
    probe: probedTexts(),
    version: 'test',
    log,
  });
  const model = new LocalModel(host);
  // One ggml thread at least, one core left free: the machine that runs tests has other things to do.
  host.configure({ modelPath, contextTokens, threads: 0, gpu: 'off' });
  return {
    host,
    model,
    process() {
      if (!newest) throw new Error('No engine has been started.');
      return newest;
    },
    dispose() {
      model.dispose();
      host.dispose();
    },
  };
}
