import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PICTURES } from '../support/paths.ts';
import { openScriptedWindow, type ScriptedWindow } from '../support/scripted/window.ts';
import type { Workbench } from '../vscode/workbench.ts';

const WRITE_MS = 30_000;

const BOTH = `export function both(first: number, second: number): number {
  const a = first + 1;
  log(a);
  log('between');
  log('them');
  const b = second + 1;
  return a + b;
}
`;
const BOTH_CHANGED = BOTH.replace('first + 1', 'next(first)').replace('second + 1', 'next(second)');

const THEMES = { light: 'Light Modern', dark: 'Dark Modern', 'high-contrast': 'Dark High Contrast' };

const SLOW = `export function slow(count: number): number {
  const one = count;
  const two = count;
  return one + two;
}
`;

const WRONG = `export function count(text: string): number {
  return text;
}
`;

const ended = '\n\n### Response:\n';

const whatToDo = (instruction: string): string => `What to do with the code: ${instruction}${ended}`;
const fenced = (code: string): string => `\`\`\`typescript\n${code}\`\`\`\n`;

const SCRIPT = {
  [whatToDo('Use next')]: fenced(BOTH_CHANGED),
  // One line takes a while, and the next longer than what a test does in between.
  [whatToDo('Take your time')]: fenced(
    SLOW.replace('one = count', 'one = slow(1)').replace('two = count', 'two = held(2)'),
  ),
  [`In the line: return text;${ended}`]: fenced(WRONG.replace('return text', 'return text.length')),
  [`Do not change the code itself.${ended}`]: fenced(`/** How many there are. */\n${WRONG}`),
  [`by the test library that is usual for the language.${ended}`]: fenced(
    "import { count } from './untested';\n\nit('counts', () => expect(count('ab')).toBe(2));\n",
  ),
  [whatToDo('Say nothing')]: 'I am sorry, but I cannot do that.\n',
};

const FILES = {
  'both.ts': BOTH,
  'all.ts': BOTH,
  'keys.ts': BOTH,
  'crlf.ts': BOTH.replaceAll('\n', '\r\n'),
  'slow.ts': SLOW,
  'stopped.ts': SLOW,
  'nothing.ts': SLOW,
  'picture.ts': BOTH,
  'closed.ts': BOTH,
  'autoSaved.ts': BOTH,
  'halfSaved.ts': SLOW,
  // Each test has a file of its own: the one before is still being closed when the next one opens.
  'wrong.ts': WRONG,
  'undocumented.ts': WRONG,
  'untested.ts': WRONG,
};

describe('rewriting code in a real workbench, by a model that writes by script', function () {
  this.timeout(120_000);
  let window: ScriptedWindow;
  let workbench: Workbench;

  before(async () => {
    window = await openScriptedWindow({
      script: SCRIPT,
      files: FILES,
      userSettings: { 'deepwell.index': false },
    });
    workbench = window.workbench;
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await workbench.screenshot(join(PICTURES, 'refactor-failed.png'));
    await workbench.runCommand('View: Revert and Close Editor').catch(() => undefined);
  });

  after(() => window[Symbol.asyncDispose]());

  /** Asks for all of a file to be rewritten, by the palette and the keyboard. */
  async function rewrite(name: keyof typeof FILES, instruction: string): Promise<void> {
    await workbench.openFile(name);
    await workbench.press('ControlOrMeta+A');
    await workbench.runCommand('Deepwell: Refactor Selection…');
    await workbench.page.getByPlaceholder('Choose, or say it in your own words').waitFor();
    await workbench.type(instruction);
    const own = workbench.page
      .locator('.quick-input-widget .monaco-list-row.focused')
      .filter({ hasText: instruction });
    await own.waitFor();
    await workbench.press('Enter');
  }

  async function lens(title: RegExp): Promise<void> {
    const link = workbench.page.locator('.codelens-decoration a').filter({ hasText: title }).first();
    await link.click({ timeout: WRITE_MS });
  }

  async function lenses(title: RegExp): Promise<void> {
    await workbench.page
      .locator('.codelens-decoration a')
      .filter({ hasText: title })
      .first()
      .waitFor({ timeout: WRITE_MS });
  }

  async function lensesGone(): Promise<void> {
    await workbench.page
      .locator('.codelens-decoration a')
      .first()
      .waitFor({ state: 'hidden', timeout: WRITE_MS });
  }

  async function fileBecomes(name: keyof typeof FILES, wanted: string): Promise<void> {
    const deadlineMs = performance.now() + WRITE_MS;
    const read = (): Promise<string> => readFile(join(window.workspace, name), 'utf8');
    let text = await read();
    while (text !== wanted && performance.now() < deadlineMs) {
      await workbench.page.waitForTimeout(50);
      text = await read();
    }
    assert.equal(text, wanted);
  }

  async function untilAsked(instruction: string): Promise<void> {
    const deadlineMs = performance.now() + WRITE_MS;
    while (!(await window.extension.requests()).some((prompt) => prompt.endsWith(whatToDo(instruction)))) {
      assert.ok(performance.now() < deadlineMs);
      await workbench.page.waitForTimeout(50);
    }
  }

  it('one change is accepted and another rejected, and one undo takes it all back', async () => {
    await rewrite('both.ts', 'Use next');
    await workbench.page.getByText('Accept All 2 Changes').waitFor({ timeout: WRITE_MS });
    await workbench.screenshot(join(PICTURES, 'refactor-review.png'));
    await lens(/^\s*Accept\s*$/);
    await lens(/^\s*Reject\s*$/);
    await lensesGone();
    await workbench.waitForText(BOTH.replace('first + 1', 'next(first)'));
    await workbench.focusEditor();
    await workbench.press('ControlOrMeta+Z');
    await workbench.waitForText(BOTH);
    assert.equal(await workbench.isDirty(), false);
  });

  it('all of it is accepted by a key, and the file keeps its line ends', async () => {
    await rewrite('crlf.ts', 'Use next');
    await lenses(/Accept All 2 Changes/);
    await workbench.focusEditor();
    await workbench.press('ControlOrMeta+Enter');
    await lensesGone();
    await workbench.runCommand('File: Save');
    await fileBecomes('crlf.ts', BOTH_CHANGED.replaceAll('\n', '\r\n'));
  });

  it('each change is decided on by a key, and the cursor goes on to the next', async () => {
    await rewrite('keys.ts', 'Use next');
    await lenses(/Accept All 2 Changes/);
    await workbench.focusEditor();
    await workbench.press('Alt+N');
    await workbench.waitForText(
      BOTH.replace('  const b = second + 1;', '  const b = second + 1;\n  const b = next(second);'),
    );
    await workbench.press('Alt+Y');
    await lensesGone();
    await workbench.waitForText(BOTH.replace('second + 1', 'next(second)'));
  });

  it('saving accepts what has been reviewed', async () => {
    await rewrite('all.ts', 'Use next');
    await lenses(/Accept All 2 Changes/);
    await workbench.runCommand('File: Save');
    await fileBecomes('all.ts', BOTH_CHANGED);
    await lensesGone();
  });

  it('Escape stops the writing, and the file is as it was', async () => {
    await rewrite('stopped.ts', 'Take your time');
    await workbench.page.getByText('slow(1)').first().waitFor({ timeout: WRITE_MS });
    await workbench.focusEditor();
    await workbench.press('Escape');
    await workbench.waitForText(SLOW);
    await lensesGone();
    assert.equal(await workbench.isDirty(), false);
  });

  it('a user who edits the code during the writing is asked, and keeps what they wrote', async () => {
    await rewrite('slow.ts', 'Take your time');
    await workbench.page.getByText('slow(1)').first().waitFor({ timeout: WRITE_MS });
    await workbench.goTo(1, 1);
    await workbench.type('/* mine */ ');
    await workbench.clickNotificationButton('Discard', WRITE_MS);
    await workbench.waitForText(`/* mine */ ${SLOW}`);
    await lensesGone();
  });

  it('an answer without code changes nothing, and that is said', async () => {
    await rewrite('nothing.ts', 'Say nothing');
    // To the notifications one gets by the palette, and what has the focus is what VS Code undoes in.
    await untilAsked('Say nothing');
    await workbench.page.waitForTimeout(1_000);
    await workbench.waitForNotification(/answered without code/);
    assert.equal(await workbench.editorText(), SLOW);
    assert.equal(await workbench.isDirty(), false);
  });

  it('a file closed in the middle of a review is on the disk as it was', async () => {
    await rewrite('closed.ts', 'Use next');
    await lenses(/Accept All 2 Changes/);
    await workbench.runCommand('View: Revert and Close Editor');
    await workbench.openFile('closed.ts');
    await workbench.waitForText(BOTH);
    await lensesGone();
    await fileBecomes('closed.ts', BOTH);
  });

  it('a file that VS Code saved by itself in a review, and that is closed then, is mended on the disk', async () => {
    await workbench.runCommand('File: Toggle Auto Save');
    await rewrite('autoSaved.ts', 'Use next');
    await lenses(/Accept All 2 Changes/);
    const withBoth = BOTH.replace('  const b =', '  const b = next(second);\n  const b =').length;
    const path = join(window.workspace, 'autoSaved.ts');
    while ((await readFile(path, 'utf8')).length <= withBoth) await workbench.page.waitForTimeout(50);
    await workbench.runCommand('View: Close Editor');
    await fileBecomes('autoSaved.ts', BOTH);
    await workbench.runCommand('File: Toggle Auto Save');
  });

  it('saving while it is written ends the writing, and the file is as it was', async () => {
    await rewrite('halfSaved.ts', 'Take your time');
    await workbench.page.getByText('slow(1)').first().waitFor({ timeout: WRITE_MS });
    await workbench.runCommand('File: Save');
    await workbench.waitForText(SLOW);
    await lensesGone();
    await fileBecomes('halfSaved.ts', SLOW);
  });

  it('a problem is fixed by the light bulb', async () => {
    await workbench.openFile('wrong.ts');
    await workbench.page.locator('.squiggly-error').first().waitFor({ timeout: WRITE_MS });
    await workbench.goTo(2, 5);
    await workbench.press('ControlOrMeta+.');
    await workbench.page.locator('.action-widget').getByText('Fix with Deepwell').click();
    await lenses(/^\s*Accept/);
    const prompt =
      (await window.extension.requests()).find((text) => text.includes('Fix this problem')) ?? '';
    assert.match(prompt, /Type 'string' is not assignable to type 'number'\. \(ts\(2322\)\)/);
    await workbench.runCommand('Deepwell: Accept All Changes');
    await workbench.waitForText(WRONG.replace('return text', 'return text.length'));
  });

  it('documentation is put above what is around the cursor', async () => {
    await workbench.openFile('undocumented.ts');
    await workbench.goTo(2, 5);
    await workbench.runCommand('Deepwell: Generate Documentation');
    await lenses(/^\s*Accept/);
    await workbench.runCommand('Deepwell: Accept All Changes');
    await workbench.waitForText(`/** How many there are. */\n${WRONG}`);
  });

  it('tests are written into a new file beside the code', async () => {
    await workbench.openFile('untested.ts');
    await workbench.goTo(2, 5);
    await workbench.runCommand('Deepwell: Generate Tests');
    await lenses(/^\s*Accept/);
    await workbench.screenshot(join(PICTURES, 'refactor-tests.png'));
    await workbench.runCommand('Deepwell: Accept All Changes');
    await lensesGone();
    await workbench.waitForText(
      "import { count } from './untested';\n\nit('counts', () => expect(count('ab')).toBe(2));\n",
    );
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`is told apart by colour or line in ${theme}`, async () => {
      await workbench.setTheme(theme);
      await rewrite('picture.ts', 'Use next');
      await lenses(/Accept All 2 Changes/);
      await workbench.screenshot(join(PICTURES, `refactor-${name}.png`));
      await workbench.runCommand('Deepwell: Reject All Changes');
      await workbench.waitForText(BOTH);
      assert.equal(await workbench.isDirty(), false);
    });
  }
});
