import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PICTURES } from '../support/paths.ts';
import { openScriptedWindow, type ScriptedWindow } from '../support/scripted/window.ts';
import { READY } from '../support/window.ts';
import { ChatView } from '../vscode/chatView.ts';
import type { Workbench } from '../vscode/workbench.ts';

const LOAD_MS = 60_000;

const CODE = `export function area(width: number, height: number): number {
  return width * height;
}

export function unused(): void {}
`;
const CHANGED = CODE.replace('width * height', 'Math.abs(width * height)');

/** By the class that VS Code gives the page. */
const THEMES = { light: 'Light Modern', dark: 'Dark Modern', 'high-contrast': 'Dark High Contrast' };

const asked = (question: string): string => `${question}\n\n### Response:\n`;

const SCRIPT = {
  [asked('What is it?')]: 'It multiplies **both**.\n\nThe second paragraph.\n',
  [asked('Take long.')]: 'Begun.\n\nslow(1);\nslow(2);\nslow(3);\nslow(4);\nThe end.\n',
  [asked('Make it positive.')]: `So:\n\n\`\`\`typescript\n${CHANGED.split('\n\n')[0] ?? ''}\n\`\`\`\n`,
  [asked('And then?')]: 'Nothing more.\n',
};

describe('the chat in a real workbench, with a model that writes by script', function () {
  this.timeout(120_000);
  let window: ScriptedWindow;
  let workbench: Workbench;
  let chat: ChatView;

  before(async () => {
    window = await openScriptedWindow({
      script: SCRIPT,
      files: { 'area.ts': CODE },
      userSettings: { 'deepwell.index': false },
    });
    workbench = window.workbench;
    chat = new ChatView(workbench);
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await workbench.screenshot(join(PICTURES, 'chat-failed.png'));
  });

  after(() => window[Symbol.asyncDispose]());

  const selectArea = (): Promise<void> => workbench.selectLines('area.ts', 1, 3);

  it('answers about what is selected, which stands above the question', async () => {
    await selectArea();
    await chat.open();
    await chat.page
      .getByRole('list', { name: 'Attached' })
      .getByText(/area\.ts/)
      .waitFor();
    await chat.ask('What is it?');
    await chat.talk.getByText('The second paragraph.').waitFor();
    assert.equal(await chat.talk.locator('strong').innerText(), 'both');
    const prompt = (await window.extension.requests()).find((text) => text.endsWith(asked('What is it?')));
    assert.match(prompt ?? '', /area\.ts[^]*return width \* height;\n\}[^]*What is it\?/);
    assert.doesNotMatch(prompt ?? '', /unused/);
  });

  it('stops, and keeps what was written', async () => {
    await chat.ask('Take long.');
    await chat.talk.getByText('Begun.').waitFor();
    await chat.page.getByRole('button', { name: 'Stop (Escape)' }).click();
    await chat.talk.getByText('Stopped.').waitFor();
    assert.equal(await chat.talk.getByText('The end.').count(), 0);
  });

  it('shows a change of the file as a diff, and makes it when it is accepted', async () => {
    await selectArea();
    await chat.open();
    await chat.ask('Make it positive.');
    await chat.page.getByRole('button', { name: /^Apply/ }).click();
    const { page } = workbench;
    await page.locator('.monaco-diff-editor').waitFor();
    await page.waitForTimeout(500);
    await workbench.screenshot(join(PICTURES, 'chat-diff.png'));
    await page.getByRole('button', { name: 'Apply Change' }).first().click();
    await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
    await workbench.waitForText(CHANGED);
    await workbench.focusEditor();
    await workbench.press('ControlOrMeta+Z');
    await workbench.waitForText(CODE);
    assert.equal(await readFile(join(window.workspace, 'area.ts'), 'utf8'), CODE);
  });

  it('explains from the palette, in a conversation of its own', async () => {
    await selectArea();
    await workbench.runCommand('Deepwell: Explain');
    await chat.talk.getByRole('article', { name: 'Question' }).getByText('/explain').waitFor();
    const deadlineMs = performance.now() + LOAD_MS;
    while (!(await window.extension.requests()).some((prompt) => prompt.includes('Explain what this code'))) {
      assert.ok(performance.now() < deadlineMs);
      await workbench.page.waitForTimeout(50);
    }
    assert.equal(await chat.talk.getByRole('article', { name: 'Question' }).count(), 1);
  });

  it('goes on with an answer while it is hidden, and shows all of it', async () => {
    await chat.open();
    await chat.page.getByRole('button', { name: 'New conversation' }).click();
    await chat.ask('Take long.');
    await chat.talk.getByText('Begun.').waitFor();
    await workbench.runCommand('View: Show Explorer');
    await workbench.page.waitForTimeout(2_000);
    await chat.open();
    await chat.talk.getByText('The end.').waitFor();
    await chat.talk.getByText('slow(1);').waitFor();
  });

  it('has every conversation after the window was reloaded, and goes on with one', async () => {
    await workbench.page.reload();
    await workbench.waitReady();
    await workbench.statusBarLabel(READY, LOAD_MS);
    await chat.open();
    await chat.show('What is it?');
    await chat.talk.getByText('The second paragraph.').waitFor();
    await chat.talk.getByText('Stopped.').waitFor();
    await chat.ask('And then?');
    await chat.talk.getByText('Nothing more.').waitFor();
    const prompt = (await window.extension.requests()).at(-1) ?? '';
    assert.match(prompt, /It multiplies \*\*both\*\*\.[^]*Begun\.[^]*And then\?/);
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`can be read in ${theme}`, async () => {
      await workbench.setTheme(theme);
      await chat.page.locator(`body.vscode-${name}`).waitFor();
      await workbench.page.waitForTimeout(500);
      await workbench.screenshot(join(PICTURES, `chat-${name}.png`));
    });
  }
});
