import type { LoadedEngine } from '../../src/host/engineHost.ts';
import type { CompleteReply } from '../../src/rpc/engineProtocol.ts';

export interface Asked {
  readonly reply: CompleteReply;
  /** From the call to the first text here, on this side of the process boundary. */
  readonly firstTextMs: number;
}

/** One request past every layer above the engine connection. The prompt is one `text`: none of it counts as stable. */
export async function ask(
  { connection, modelId }: LoadedEngine,
  text: string,
  { maxTokens = 1, signal = new AbortController().signal }: { maxTokens?: number; signal?: AbortSignal } = {},
): Promise<Asked> {
  const startedMs = performance.now();
  let firstTextMs = NaN;
  const reply = await connection.complete(modelId, {
    pieces: [{ text, leadingSpace: false }],
    heal: '',
    maxTokens,
    stop: [],
    signal,
    onText: () => {
      if (Number.isNaN(firstTextMs)) firstTextMs = performance.now() - startedMs;
    },
  });
  return { reply, firstTextMs };
}
