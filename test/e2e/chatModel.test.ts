import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ensureModel } from '../model/fetchModel.ts';
import { PICTURES } from '../support/paths.ts';
import { openTestWindow, READY, type TestWindow } from '../support/window.ts';
import { ChatView } from '../vscode/chatView.ts';
import type { Workbench } from '../vscode/workbench.ts';

const LOAD_MS = 60_000;
/** The small model on a busy machine; no figure, only a bound. */
const ANSWER_MS = 120_000;
const GHOST_MS = 30_000;

describe('the chat in a real workbench, with the small model that was taught to talk', function () {
  this.timeout(180_000);
  let window: TestWindow;
  let workbench: Workbench;
  let chat: ChatView;

  before(async () => {
    await mkdir(PICTURES, { recursive: true });
    window = await openTestWindow({
      machine: { 'deepwell.model': await ensureModel() },
      user: { 'deepwell.suggestions': 'eager' },
    });
    workbench = window.workbench;
    chat = new ChatView(workbench);
    await workbench.statusBarLabel(READY, LOAD_MS);
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await workbench.screenshot(join(PICTURES, 'chat-model-failed.png'));
  });

  after(() => window[Symbol.asyncDispose]());

  const selectReadText = (): Promise<void> => workbench.selectLines('src/files.py', 5, 3);

  const answers = (): Locator => chat.talk.getByRole('article', { name: 'Answer' });
  const stop = (): Locator => chat.page.getByRole('button', { name: 'Stop (Escape)' });

  /** The last answer's text, without its heading. */
  async function answer(): Promise<string> {
    return (await answers().last().innerText()).replace('Deepwell', '').trim();
  }

  /** What was on the screen while the last answer was written, and when it was done. */
  async function watchAnswer(): Promise<string[]> {
    await stop().waitFor();
    const seen = new Set<string>();
    const deadlineMs = performance.now() + ANSWER_MS;
    while (await stop().isVisible()) {
      seen.add(await answer());
      assert.ok(performance.now() < deadlineMs, 'The answer does not end.');
      await workbench.page.waitForTimeout(20);
    }
    seen.add(await answer());
    return [...seen].filter((text) => text !== '');
  }

  let first = '';

  it('answers about a selected function, word by word', async () => {
    await selectReadText();
    await chat.open();
    await chat.ask('What does this function do? Explain it line by line.');
    const seen = await watchAnswer();
    assert.ok(seen.length >= 4, JSON.stringify(seen));
    first = seen.at(-1) ?? '';
    const prompt = chat.talk.getByRole('article', { name: 'Question' }).first();
    assert.match(await prompt.innerText(), /files\.py:5–7/);
    await workbench.screenshot(join(PICTURES, 'chat-model.png'));
  });

  it('suggests code in the editor while it answers, and stops when it is told to', async () => {
    // All that takes time is done before the story, which a small model may bring to an early end.
    await workbench.openFile('src/cart.ts');
    await workbench.press('ControlOrMeta+End');
    await workbench.press('Enter');
    await chat.ask('Write a long story about a file that nobody could open, in ten chapters.');
    await stop().waitFor();
    while ((await answer()).length < 40) await workbench.page.waitForTimeout(20);
    await workbench.focusEditor();
    await workbench.typeForGhost('export function ');
    assert.ok(await workbench.waitForGhost(undefined, GHOST_MS));
    assert.ok(await stop().isVisible(), 'The story had ended before.');
    await stop().click();
    await answers().last().getByText('Stopped.').waitFor();
    const text = await answer();
    await workbench.page.waitForTimeout(500);
    assert.equal(await answer(), text);
    await workbench.openFile('src/cart.ts');
    await workbench.revert();
  });

  it('has the conversation after the window was reloaded', async () => {
    await workbench.page.reload();
    await workbench.waitReady();
    await workbench.statusBarLabel(READY, LOAD_MS);
    await chat.open();
    await answers().last().getByText('Stopped.').waitFor();
    assert.equal((await answers().first().innerText()).replace('Deepwell', '').trim(), first);
  });

  it('explains by the palette', async () => {
    await selectReadText();
    await workbench.runCommand('Deepwell: Explain');
    await chat.talk.getByRole('article', { name: 'Question' }).getByText('/explain').waitFor();
    await stop().waitFor();
    while ((await answer()).length < 200) await workbench.page.waitForTimeout(20);
    await stop().click();
    assert.equal(await answers().count(), 1);
  });

  it('rewrites by the palette: what it writes is a proposal, or it is said why there is none', async () => {
    await selectReadText();
    await workbench.runCommand('Deepwell: Refactor Selection…');
    await workbench.page.getByPlaceholder('Choose, or say it in your own words').waitFor();
    await workbench.type('Rename f to file');
    await workbench.page
      .locator('.quick-input-widget .monaco-list-row.focused')
      .filter({ hasText: 'Rename f to file' })
      .waitFor();
    await workbench.press('Enter');
    const lens = workbench.page.locator('.codelens-decoration a');
    const review = lens.filter({ hasText: /^\s*Accept/ }).first();
    await lens
      .filter({ hasText: /Accept|Stop/ })
      .first()
      .waitFor({ timeout: ANSWER_MS });
    const deadlineMs = performance.now() + ANSWER_MS;
    while ((await lens.first().isVisible()) && !(await review.isVisible())) {
      assert.ok(performance.now() < deadlineMs, 'The writing does not end.');
      await workbench.page.waitForTimeout(50);
    }
    await workbench.screenshot(join(PICTURES, 'refactor-model.png'));
    if (await review.isVisible()) return;
    const said = (await workbench.notifications()).map(({ text }) => text);
    assert.ok(
      said.some((text) => text.startsWith('Deepwell')),
      JSON.stringify(said),
    );
  });
});
