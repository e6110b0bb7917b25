import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PICTURES } from '../support/paths.ts';
import { openTestWindow, READY } from '../support/window.ts';

describe('a model that cannot be used', function () {
  this.timeout(120_000);

  before(() => mkdir(PICTURES, { recursive: true }));

  it('is none where none was chosen: the one that came along is at work, which is said once, with one action', async () => {
    await using window = await openTestWindow({ machine: {} });
    const { workbench } = window;
    await workbench.statusBarLabel(READY, 60_000);
    await waitForNotification(window, /the small model that came with it/);
    const notifications = await workbench.notifications();
    assert.deepEqual(
      notifications.map(({ buttons }) => buttons),
      [['Choose Model…']],
    );
    await workbench.screenshot(join(PICTURES, 'starter.png'));
  });

  it('is named with what to do, and typing goes on', async () => {
    const path = join(PICTURES, 'not-a-model.gguf');
    await writeFile(path, 'This is not a model.');
    await using window = await openTestWindow({ machine: { 'deepwell.model': path } });
    const { workbench } = window;
    await waitForNotification(window, /is not a GGUF model file/);
    await workbench.screenshot(join(PICTURES, 'not-a-model.png'));
    await workbench.openFile('src/files.py');
    await workbench.goTo(1, 1);
    await workbench.type('# typed', { delayMs: 20 });
    await workbench.waitForText((text) => text.startsWith('# typed'));
    assert.equal(await workbench.ghostText(), undefined);
  });
});

async function waitForNotification(
  { workbench }: Awaited<ReturnType<typeof openTestWindow>>,
  text: RegExp,
): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  for (;;) {
    const notifications = await workbench.notifications();
    if (notifications.some((each) => text.test(each.text))) return;
    assert.ok(
      performance.now() < deadlineMs,
      `No notification ${String(text)}: ${JSON.stringify(notifications)}`,
    );
    await workbench.page.waitForTimeout(250);
  }
}
