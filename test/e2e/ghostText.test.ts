import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { engineProcesses } from '../support/engineProcesses.ts';
import { PICTURES } from '../support/paths.ts';
import { openTestWindow, READY, type TestWindow } from '../support/window.ts';
import { ghostsWhile } from '../vscode/ghostsWhile.ts';
import type { Workbench } from '../vscode/workbench.ts';

const LOAD_MS = 60_000;
/** The small model on a busy machine; no figure, only a bound. */
const GHOST_MS = 30_000;

describe('ghost text from the model that comes along, in a real workbench', function () {
  this.timeout(120_000);
  let window: TestWindow;
  let workbench: Workbench;

  before(async () => {
    await mkdir(PICTURES, { recursive: true });
    window = await openTestWindow({ machine: {} });
    workbench = window.workbench;
    await workbench.openFile('src/files.py');
    await workbench.statusBarLabel(READY, LOAD_MS);
  });

  after(async () => {
    await window[Symbol.asyncDispose]();
  });

  /** A fresh line in the body of the file's last function, with `text` typed on it. */
  async function typeInBody(text: string): Promise<void> {
    await workbench.openFile('src/files.py');
    await workbench.revert();
    await workbench.goTo(19, 1);
    await workbench.press('End');
    await workbench.press('Enter');
    await workbench.typeForGhost(text);
  }

  // First: what was shown once comes from memory, and needs no engine.
  it('comes back without a click after the engine was killed in the middle of a generation', async () => {
    await typeInBody('return ');
    const [engine] = await engineProcesses();
    assert.ok(engine, 'No engine process is running.');
    process.kill(engine, 'SIGKILL');
    await workbench.typeForGhost('os');
    assert.ok(await workbench.waitForGhost(undefined, GHOST_MS));
    await workbench.statusBarLabel(READY, LOAD_MS);
    const [next] = await engineProcesses();
    assert.notEqual(next, engine);
    await workbench.screenshot(join(PICTURES, 'after-engine-death.png'));
  });

  it('is hidden by Escape', async () => {
    await typeInBody('return os');
    await workbench.waitForGhost(undefined, GHOST_MS);
    await workbench.press('Escape');
    assert.equal(await workbench.waitForGhost((now) => now === undefined), undefined);
  });

  it('shrinks while it is typed, and is never blank in between', async () => {
    await typeInBody('return os');
    const ghost = await workbench.waitForGhost(undefined, GHOST_MS);
    assert.ok(ghost && ghost.length > 4, `Too short to type through: ${ghost}`);
    const typed = ghost.slice(0, 4);
    const painted = await ghostsWhile(workbench, () => workbench.type(typed, { delayMs: 80 }));
    assert.equal(await workbench.waitForGhost((now) => now === ghost.slice(4)), ghost.slice(4));
    assert.deepEqual(
      painted.filter((each) => each === undefined || !ghost.endsWith(each)),
      [],
    );
  });

  // After those that type the same: what was accepted and taken back is not offered again.
  it('appears in grey while typing, and Tab accepts it', async () => {
    await typeInBody('return os');
    const ghost = await workbench.waitForGhost(undefined, GHOST_MS);
    assert.ok(ghost);
    await workbench.screenshot(join(PICTURES, 'ghost-text.png'));
    await workbench.editorScreenshot(join(PICTURES, 'readme.png'));
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now !== ghost);
    assert.ok((await workbench.editorText()).includes(`    return os${ghost}`));
  });

  it('covers a whole block where the line opens one', async () => {
    await workbench.openFile('src/cart.ts');
    await workbench.goTo(16, 1);
    await workbench.type('  for (const item of items) {', { delayMs: 30 });
    await workbench.page.waitForTimeout(400);
    await workbench.press('Enter');
    await workbench.waitForGhost(undefined, GHOST_MS);
    await workbench.screenshot(join(PICTURES, 'ghost-block.png'));
    await workbench.revert();
  });

  it('does not appear in Markdown, which is off', async () => {
    await workbench.openFile('README.md');
    await workbench.press('Control+End');
    await workbench.type('This is a', { delayMs: 40 });
    await workbench.page.waitForTimeout(2_000);
    assert.equal(await workbench.ghostText(), undefined);
    await workbench.revert();
  });

  it('has a status item whose menu says what the model is doing, for the keyboard too', async () => {
    await workbench.runCommand('Deepwell: Show Menu');
    const entries = workbench.page.locator('.quick-input-widget .monaco-list-row');
    await entries.filter({ hasText: 'Turn completions off' }).waitFor();
    await workbench.screenshot(join(PICTURES, 'menu.png'));
    assert.match(await entries.first().innerText(), /1024 tokens of context, fills in the middle/);
    await workbench.press('Escape');
  });
});
