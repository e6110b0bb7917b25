import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LIMIT_BYTES, makeVsix, type Vsix } from '../package/makeVsix.ts';
import { hostTarget, parseTarget } from '../package/targets.ts';
import { PICTURES } from '../support/paths.ts';
import { READY } from '../support/window.ts';
import { openVsixWindow, type VsixWindow } from '../support/vsixWindow.ts';

const LOAD_MS = 60_000;
/** The small model on a busy machine; no figure, only a bound. */
const GHOST_MS = 30_000;

describe('the VSIX for this machine, installed into an empty profile', function () {
  this.timeout(180_000);
  let vsix: Vsix;
  let window: VsixWindow;
  let files: string[];

  before(async () => {
    await mkdir(PICTURES, { recursive: true });
    vsix = await makeVsix(parseTarget(hostTarget()), () => undefined);
    window = await openVsixWindow(vsix.file, {});
    files = await filesIn(window.extensionFolder);
  });

  after(async () => {
    await window[Symbol.asyncDispose]();
  });

  it('completes with the model in it, and no setting', async () => {
    const { workbench } = window;
    await workbench.statusBarLabel(READY, LOAD_MS);
    await workbench.openFile('src/files.py');
    await workbench.goTo(19, 1);
    await workbench.press('End');
    await workbench.press('Enter');
    await workbench.typeForGhost('return os');
    assert.ok(await workbench.waitForGhost(undefined, GHOST_MS));
    await workbench.screenshot(join(PICTURES, 'installed-vsix.png'));
  });

  it('is small enough to download', () => {
    assert.ok(vsix.sizeBytes < LIMIT_BYTES, `${vsix.sizeBytes} bytes`);
  });

  it('holds what it needs', () => {
    for (const file of [
      'package.json',
      'package.nls.json',
      'dist/extension.cjs',
      'dist/engine.js',
      'LICENSE.txt',
      'media/models/starter.gguf',
    ]) {
      assert.ok(files.includes(file), file);
    }
    assert.ok(files.some((file) => file.endsWith('.node')));
  });

  it('holds the binaries of this platform only, and no CUDA', () => {
    const [platform] = parseTarget(hostTarget()).replace('darwin', 'mac').replace('win32', 'win').split('-');
    const packages = new Set(
      files.map((file) => /@node-llama-cpp\/([^/]+)\//.exec(file)?.[1]).filter((name) => name !== undefined),
    );
    assert.ok(packages.size > 0);
    for (const name of packages)
      assert.match(name, new RegExp(`^${platform}-${process.arch}(-vulkan|-metal)?$`));
    assert.deepEqual(
      files.filter((file) => /cuda/i.test(file)),
      [],
    );
  });

  it('holds no sources, source maps, tests or development settings', () => {
    const strange =
      /gitRelease\.bundle|\.map$|\.[cm]?tsx?$|(^|\/)\.(?!vsixmanifest)|^(src|test|out|media\/models\/training)\//;
    assert.deepEqual(
      files.filter((file) => strange.test(file)),
      [],
    );
  });
});

/** Relative paths with `/`. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
