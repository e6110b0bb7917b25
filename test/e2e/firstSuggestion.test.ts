import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureModel } from '../model/fetchModel.ts';
import { bytesAskedFor, serveFiles } from '../support/fileServer.ts';
import { ggufBytes } from '../support/ggufBytes.ts';
import { assertCompletes } from '../support/ownServer.ts';
import { PICTURES } from '../support/paths.ts';
import { openTestWindow, READY, type TestWindow } from '../support/window.ts';

const LOAD_MS = 60_000;
/** The small model on a busy machine; no figure, only a bound. */
const GHOST_MS = 30_000;

const ROWS = '.quick-input-widget .monaco-list-row';

describe('from an empty profile to the first suggestion', function () {
  this.timeout(180_000);
  let home: string;
  let window: TestWindow;

  before(async () => {
    await mkdir(PICTURES, { recursive: true });
    home = await mkdtemp(join(tmpdir(), 'deepwell-home-'));
    await fillHome();
    // A profile of its own, and a home as other programs leave it.
    window = await openTestWindow({
      machine: {},
      env: { HOME: home, XDG_CACHE_HOME: join(home, '.cache') },
    });
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await window.workbench.screenshot(join(PICTURES, 'failed.png'));
  });

  after(async () => {
    await window[Symbol.asyncDispose]();
    await rm(home, { recursive: true });
  });

  /** The small model in llama.cpp's folder, and a model of LM Studio that no machine has the memory for. */
  async function fillHome(): Promise<void> {
    const model = await ensureModel();
    const llamaCpp = join(home, '.cache', 'llama.cpp');
    const lmStudio = join(home, '.lmstudio', 'models', 'publisher', 'Huge-Chat-GGUF');
    await mkdir(llamaCpp, { recursive: true });
    await mkdir(lmStudio, { recursive: true });
    await symlink(model, join(llamaCpp, basename(model)));
    const huge = { block_count: 400, context_length: 32_768, embedding_length: 65_536 };
    const metadata = Object.entries(huge).map(([key, value]) => [`llama.${key}`, value] as const);
    const header = ggufBytes({
      metadata: [
        ['general.architecture', 'llama'],
        ...metadata,
        ['llama.attention.head_count', 512],
        ['llama.attention.head_count_kv', 512],
      ],
    });
    await writeFile(
      join(lmStudio, 'Huge-Chat-400B.Q4_K_M.gguf'),
      Buffer.concat([header, Buffer.alloc(200e6)]),
    );
  }

  it('takes nothing but typing, and says which model it is', async () => {
    const { workbench } = window;
    await assertCompletes(workbench);
    await workbench.waitForNotification(/the small model that came with it/);
    await workbench.screenshot(join(PICTURES, 'first-minute.png'));
    await workbench.runCommand('File: Revert File');
  });

  it('takes a click and a key with another model', async () => {
    const { workbench } = window;
    const actions: string[] = [];
    const press = async (key: string): Promise<void> => {
      actions.push(key);
      await workbench.press(key);
    };
    await workbench.openFile('src/files.py');
    await workbench.goTo(19, 1);
    await workbench.press('End');
    await workbench.press('Enter');

    actions.push('click');
    await workbench.clickNotificationButton('Choose Model…', 30_000);
    // Not the palette, through which the test gets to the notifications.
    const first = workbench.page.locator(`${ROWS}.focused`).filter({ hasNotText: 'Notifications' });
    await first.waitFor({ timeout: 30_000 });
    assert.match(await first.innerText(), /SmolLM2-135M-Instruct\.Q4_1[^]*98 MB[^]*llama\.cpp/);
    // Models that do not fit are marked once their headers have been read; the user need not wait for that.
    await workbench.page
      .locator(ROWS)
      .filter({ hasText: /Huge-Chat-400B.*needs [\d,.]+ GB of memory, [\d.]+ GB are free/s })
      .waitFor({ timeout: 30_000 });
    assert.match(await first.innerText(), /SmolLM2/, 'No line moves while the marks come.');
    await workbench.screenshot(join(PICTURES, 'choose-model.png'));
    await press('Enter');
    await workbench.statusBarLabel(READY, LOAD_MS);

    // The test's own way to the button leads through the notification center, which has the focus now.
    await workbench.focusEditor();
    await workbench.typeForGhost('return os');
    assert.ok(await workbench.waitForGhost(undefined, GHOST_MS));
    assert.ok(actions.length <= 4, actions.join(', '));
    assert.deepEqual(actions, ['click', 'Enter']);
  });

  it('marks the current model, and leaves it alone where nothing is picked', async () => {
    const { workbench } = window;
    await workbench.runCommand('Deepwell: Choose Model…');
    const current = workbench.page.locator(ROWS).filter({ hasText: 'current model' });
    await current.waitFor({ timeout: 30_000 });
    assert.match(await current.innerText(), /SmolLM2/);
    await workbench.press('Escape');
    await workbench.statusBarLabel(READY, LOAD_MS);
  });

  it('warns before a model that does not fit is used', async () => {
    const { workbench } = window;
    await workbench.runCommand('Deepwell: Choose Model…');
    const huge = workbench.page.locator(ROWS).filter({ hasText: /Huge-Chat-400B.*needs/s });
    await huge.waitFor({ timeout: 30_000 });
    await workbench.press('ArrowDown');
    await workbench.press('Enter');
    const dialog = workbench.page.getByRole('dialog').filter({ hasText: 'does not fit in memory' });
    await dialog.waitFor();
    await workbench.screenshot(join(PICTURES, 'choose-model-warning.png'));
    await workbench.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await workbench.statusBarLabel(READY, LOAD_MS);
  });

  it('downloads from an address, with a cancel on the way, and uses what it has fetched', async () => {
    const { workbench } = window;
    const { page } = workbench;
    await using server = await serveFiles({
      '/models/from/afar/fetched.gguf': { bytes: await readFile(await ensureModel()) },
    });
    server.holdAfterBytes = 60e6;
    await openAddressBox();
    await workbench.type('http://example.org/model.gguf');
    await page.getByText('Only https').waitFor();
    await workbench.screenshot(join(PICTURES, 'model-address.png'));
    await workbench.press('ControlOrMeta+A');
    await workbench.type(`${server.url}/models/from/afar/fetched.gguf`);
    await page.getByText('Only https').waitFor({ state: 'hidden' });
    await workbench.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.waitForNotification(/downloading fetched\.gguf[^]* [1-9]\d %, \d+ MB of 98 MB/);
    await workbench.screenshot(join(PICTURES, 'download.png'));
    await workbench.clickNotificationButton('Cancel');

    server.holdAfterBytes = Infinity;
    server.requests.length = 0;
    await openAddressBox();
    await workbench.type(`${server.url}/models/from/afar/fetched.gguf`);
    await workbench.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await waitForCurrentModel('fetched');
    await workbench.statusBarLabel(READY, LOAD_MS);
    const asked = bytesAskedFor(server);
    assert.ok(asked > 0 && asked < 90e6, server.requests.join('\n'));
  });

  async function openAddressBox(): Promise<void> {
    const { workbench } = window;
    const active = (text: string) => workbench.page.locator(`${ROWS}.focused`).filter({ hasText: text });
    await workbench.runCommand('Deepwell: Choose Model…');
    await active('SmolLM2').waitFor({ timeout: 30_000 });
    await workbench.type('Download from');
    await active('Download from an address').waitFor();
    await workbench.press('Enter');
    await workbench.page.getByText('or the https address').waitFor();
  }

  async function waitForCurrentModel(name: string): Promise<void> {
    const { workbench } = window;
    const deadlineMs = performance.now() + 60_000;
    for (;;) {
      await workbench.runCommand('Deepwell: Choose Model…');
      const current = workbench.page.locator(ROWS).filter({ hasText: 'current model' });
      await current.waitFor({ timeout: 30_000 });
      const text = await current.innerText();
      await workbench.press('Escape');
      if (text.includes(name)) return;
      assert.ok(performance.now() < deadlineMs, text);
      await workbench.page.waitForTimeout(250);
    }
  }
});
