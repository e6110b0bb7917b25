import { LlamaModel } from 'node-llama-cpp';

/** An engine process that never gets a model freed, as if a native call did not come back. */
LlamaModel.prototype.dispose = () => new Promise(() => undefined);

await import('../../src/engine/main.ts');
