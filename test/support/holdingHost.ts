import { engineStateNamed, holdState } from './engineStates.ts';
import { startRealEngine } from './realEngine.ts';

/** A host in a process of its own, which holds its engine in a state and then says so, to be killed. */
const [modelPath, name] = process.argv.slice(2);
const engine = await startRealEngine({ modelPath, threads: 1 });
await holdState(engine.host, engineStateNamed(name));
process.stdout.write('held\n');
