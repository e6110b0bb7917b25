import type { EngineHost, LoadedEngine } from '../../src/host/engineHost.ts';

export const ENGINE_STATES = ['loading', 'prefilling', 'decoding', 'idle'] as const;

export type EngineStateName = (typeof ENGINE_STATES)[number];

const LINE = 'let answer = 42;\n';
/** At most, in any vocabulary: a digit each. */
const TOKENS_PER_LINE = 8;

/** @throws for any other name. */
export function engineStateNamed(name: string | undefined): EngineStateName {
  const state = ENGINE_STATES.find((each) => each === name);
  if (state === undefined) throw new Error(`No state ${name}, but: ${ENGINE_STATES.join(', ')}`);
  return state;
}

/** Brings the engine into a state and keeps it there; resolves when it is. Ended only by the process's end. */
export async function holdState(host: EngineHost, state: EngineStateName): Promise<void> {
  const engine = await whenReady(host);
  switch (state) {
    case 'idle':
      return;
    case 'loading':
      return keepLoading(host);
    case 'prefilling':
      void keepAsking(
        engine,
        (time) => `${time}\n${LINE.repeat(prefillLines(engine))}`,
        1,
        () => undefined,
      );
      return untilCached(engine);
    case 'decoding':
      return new Promise((resolve) => {
        void keepAsking(engine, () => LINE.repeat(20), 1_000, resolve);
      });
  }
}

/** The small model loads within half a second, so one load follows the other. */
async function keepLoading(host: EngineHost): Promise<void> {
  await new Promise<void>((resolve) => {
    host.onDidChangeState((state) => {
      if (state.kind === 'ready') setImmediate(() => host.restart());
      if (state.kind === 'loading' && state.fraction > 0) resolve();
    });
    host.restart();
  });
}

/** @param prompt for the given time it is asked: one that begins like the last is not evaluated again. */
async function keepAsking(
  { connection, modelId }: LoadedEngine,
  prompt: (time: number) => string,
  maxTokens: number,
  onText: () => void,
): Promise<void> {
  const signal = new AbortController().signal;
  for (let time = 0; ; time++) {
    // Its end is the engine's.
    await connection.complete(modelId, {
      pieces: [{ text: prompt(time), leadingSpace: false }],
      ...{ heal: '', stop: [], maxTokens, signal, onText },
    });
  }
}

/** Most of the context. */
function prefillLines({ facts }: LoadedEngine): number {
  return Math.floor(facts.contextTokens / TOKENS_PER_LINE) - 10;
}

async function untilCached({ connection }: LoadedEngine): Promise<void> {
  while (((await connection.status()).lanes[0]?.cachedTokens ?? 0) === 0) await pause();
}

async function whenReady(host: EngineHost): Promise<LoadedEngine> {
  while (host.state.kind !== 'ready') await pause();
  return host.state.engine;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
