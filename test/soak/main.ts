import { parseArgs } from 'node:util';
import { soakClose } from './close.ts';
import { soakKills } from './kills.ts';

// npm run soak -- kills [--kills N] [--seed N]: the engine is killed while a script types, in a real window.
// npm run soak -- close [--times N]: the window is closed, or its extension host killed, in every state of the engine.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    times: { type: 'string', default: '5' },
  },
});

const [mode] = positionals;
if (mode === 'kills') process.exitCode = await soakKills(Number(values.kills), Number(values.seed));
else if (mode === 'close') process.exitCode = await soakClose(Number(values.times));
else {
  console.error('npm run soak -- kills [--kills N] [--seed N] | close [--times N]');
  process.exitCode = 2;
}
