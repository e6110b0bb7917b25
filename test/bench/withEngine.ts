import type { EngineHost, LoadedEngine } from '../../src/host/engineHost.ts';
import { ensureModel } from '../model/fetchModel.ts';
import { type RealEngine, startRealEngine } from '../support/realEngine.ts';

export const CONTEXT_TOKENS = 8192;

/** The real engine in its own process, with the small model loaded. */
export async function withEngine<T>(
  use: (engine: RealEngine, loaded: LoadedEngine) => Promise<T>,
): Promise<T> {
  const engine = await startRealEngine({ modelPath: await ensureModel(), contextTokens: CONTEXT_TOKENS });
  try {
    return await use(engine, await whenReady(engine.host));
  } finally {
    engine.dispose();
  }
}

async function whenReady(host: EngineHost): Promise<LoadedEngine> {
  return new Promise((resolve, reject) => {
    const listener = host.onDidChangeState((state) => {
      if (state.kind === 'loading') return;
      listener.dispose();
      if (state.kind === 'ready') resolve(state.engine);
      else reject(state.kind === 'failed' ? state.error : new Error('The engine stopped.'));
    });
  });
}
