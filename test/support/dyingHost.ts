import { startRealEngine } from './realEngine.ts';

/** A host in a process of its own, which begins a long prefill and tells the engine's process id, to be killed then. */
const engine = await startRealEngine({ modelPath: process.argv[2], threads: 1 });
void engine.model.complete({
  prompt: () => ({ pieces: [{ text: 'let answer = 42;\n'.repeat(800), leadingSpace: false }], heal: '' }),
  maxTokens: 8,
  signal: new AbortController().signal,
  onText: () => undefined,
});
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  if (engine.host.state.kind !== 'ready') continue;
  const { lanes } = await engine.host.state.engine.connection.status();
  if ((lanes[0]?.cachedTokens ?? 0) > 0) break;
}
process.stdout.write(`${engine.process().pid}\n`);
