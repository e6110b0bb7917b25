import { Cancelled, raceAbort } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import { NO_MODEL } from '../core/models/modelProblem.ts';
import { ModelUnavailable } from '../core/ports/model.ts';
import type { EngineHost, EngineState, LoadedEngine } from './engineHost.ts';
import { engineProblem } from './engineProblem.ts';

/**
 * The loaded engine, waiting for it where it is being started or loaded.
 * @param not an engine that is known to be dead, though its exit may not have been noticed yet.
 * @throws {@link Cancelled} when one of `signals` aborts; {@link ModelUnavailable} where there is nothing to wait for.
 */
export async function whenReady(
  host: EngineHost,
  signals: readonly AbortSignal[],
  not?: LoadedEngine,
): Promise<LoadedEngine> {
  if (signals.some(({ aborted }) => aborted)) throw new Cancelled();
  const { state } = host;
  if (state.kind === 'ready' && state.engine !== not) return state.engine;
  const listeners: Disposable[] = [];
  const ready = new Promise<LoadedEngine>((resolve, reject) => {
    const look = (state: EngineState): void => {
      if (state.kind === 'ready' && state.engine !== not) resolve(state.engine);
      else if (state.kind === 'stopped') reject(new ModelUnavailable(NO_MODEL));
      else if (state.kind === 'failed') reject(new ModelUnavailable(engineProblem(state.error)));
    };
    listeners.push(host.onDidChangeState(look));
    look(host.state);
  });
  try {
    return await raceAbort(ready, AbortSignal.any([...signals]));
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}
