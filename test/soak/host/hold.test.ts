import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { deepwell } from '../../integration/support.ts';
import { engineStateNamed, holdState } from '../../support/engineStates.ts';

describe('an engine', () => {
  it('is held in a state until the window or its extension host ends', async function () {
    this.timeout(0);
    const { engine } = await deepwell();
    const state = engineStateNamed(process.env['DEEPWELL_HOLD']);
    // The first thing VS Code does on the way out of an extension is to dispose of what it owns.
    const dispose = engine.dispose.bind(engine);
    engine.dispose = () => {
      writeFileSync(process.env['DEEPWELL_LET_GO_FILE'] ?? '', String(Date.now()));
      dispose();
    };
    await holdState(engine, state);
    await writeFile(process.env['DEEPWELL_HELD_FILE'] ?? '', String(process.pid));
    await new Promise(() => undefined);
  });
});
