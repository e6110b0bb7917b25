import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PICTURES } from '../support/paths.ts';
import { openScriptedWindow, type ScriptedWindow } from '../support/scripted/window.ts';
import { ghostsWhile } from '../vscode/ghostsWhile.ts';
import type { Workbench } from '../vscode/workbench.ts';

/** No figure, only a bound. */
const GHOST_MS = 15_000;
/** Long enough for VS Code to have asked, and for the model to have been given a request. */
const NOTHING_MS = 1_500;

const GHOST = ':is(.ghost-text, .ghost-text-decoration)';

const LONG = 'computeTheTotalOf(basket, discount, vat);';
const BLOCK = ['first();', 'slow(1);', 'second();', 'slow(2);', 'third();'].join('\n    ');

/** What the model writes. No text ends like two of these. */
const SCRIPT = {
  // Before the next one, which it goes on from.
  'stepOne();': '\nstepTwo();\n',
  'after := ': 'stepOne();\n',
  'total := ': `${LONG}\n`,
  'sum(': 'left, right)\n',
  'finish ': 'now();\n}\n',
  'undone := ': 'acceptedThenUndone();\n',
  'typed := ': 'typedThenUndone();\n',
  'crlf {': '\n  one();\n  two();\n}\n',
  'tabs {': '\n    one();\n    two();\n}\n',
  'twice := ': 'inBoth();\n',
  'cell := ': 'inACell()\n',
  'draft := ': 'inADraft();\n',
  'message := ': 'inAMessage();\n',
  computeTotal: '(basket, vat);\n',
  'grow {\n    ': `${BLOCK}\n}\n`,
  'words := ': 'one(two, three);\n',
};

const NOTEBOOK = {
  cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [] }],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};

const FILES = {
  'through.ts': '|\n',
  'after.ts': '|\n',
  'list.ts': 'const computeTotal = 1;\n|\n',
  'bracket.ts': '|\n',
  'block.ts': 'function f() {\n  |\n}\n',
  'undone.ts': '|\n',
  'typed.ts': '|\n',
  'crlf.ts': 'a\r\n|\r\nb\r\n',
  'tabs.ts': 'function f() {\n\tg();\n}\n|\n',
  'cursors.ts': '|\n\n',
  'words.ts': '|\n',
  'grow.ts': 'grow {|\n',
};

describe('suggestions in a real workbench, from a model that writes by script', function () {
  this.timeout(120_000);
  let window: ScriptedWindow;
  let workbench: Workbench;

  before(async () => {
    const files: Record<string, string> = { 'cells.ipynb': JSON.stringify(NOTEBOOK) };
    for (const [name, picture] of Object.entries(FILES)) files[name] = picture.replace('|', '');
    window = await openScriptedWindow({
      script: SCRIPT,
      files,
      userSettings: {
        'files.defaultLanguage': 'typescript',
        'editor.wordBasedSuggestions': 'allDocuments',
        'git.enabled': true,
      },
      prepare: (workspace) => execFileSync('git', ['init', '--quiet'], { cwd: workspace }),
    });
    workbench = window.workbench;
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await workbench.screenshot(join(PICTURES, 'suggestions-failed.png'));
    await workbench.press('Escape');
    await workbench.runCommand('File: Revert File').catch(() => undefined);
  });

  after(() => window[Symbol.asyncDispose]());

  /** One of the files, with the cursor at its `|`. */
  async function open(name: keyof typeof FILES): Promise<void> {
    await workbench.openFile(name);
    const lines = FILES[name].slice(0, FILES[name].indexOf('|')).split(/\r?\n/);
    await workbench.goTo(lines.length, (lines.at(-1) ?? '').length + 1);
  }

  async function typeAndWait(text: string, ghost: string): Promise<void> {
    await workbench.typeForGhost(text);
    assert.equal(await workbench.waitForGhost((now) => now === ghost, GHOST_MS), ghost);
  }

  /** What the file holds once it has been saved. */
  async function saved(name: string): Promise<string> {
    await workbench.runCommand('File: Save');
    const before = FILES[name as keyof typeof FILES].replace('|', '');
    const deadlineMs = performance.now() + GHOST_MS;
    for (;;) {
      const text = await readFile(join(window.workspace, name), 'utf8');
      if (text !== before || performance.now() > deadlineMs) return text;
      await workbench.page.waitForTimeout(50);
    }
  }

  async function staysBlank(): Promise<void> {
    const deadlineMs = performance.now() + NOTHING_MS;
    while (performance.now() < deadlineMs) {
      assert.equal(await workbench.ghostText(), undefined);
      await workbench.page.waitForTimeout(50);
    }
  }

  /** Prompts whose end matches; what follows an accept is asked for with the whole suggestion in it. */
  async function asked(ending: RegExp): Promise<number> {
    return (await window.extension.requests()).filter((text) => ending.test(text)).length;
  }

  it('typing through 40 characters keeps ghost text on the screen at every step, with one request', async () => {
    await open('through.ts');
    await typeAndWait('total := ', LONG);
    const before = await asked(/total := $/);
    const painted = new Set<string | undefined>();
    for (let typed = 1; typed < LONG.length; typed++) {
      const key = (): Promise<void> => typeOne(LONG.charAt(typed - 1));
      for (const seen of await ghostsWhile(workbench, key)) painted.add(seen);
      const rest = LONG.slice(typed);
      if (/^[\s)]/.test(rest)) continue;
      await workbench.waitForGhost((now) => now !== undefined && rest.startsWith(now.slice(0, 1)));
    }
    assert.deepEqual(
      [...painted].filter((each) => each === undefined),
      [],
    );
    assert.equal(before, 1);
    assert.equal(await asked(/total := (?!.*vat\);)/), 1, 'One request for all keys.');
  });

  async function typeOne(key: string): Promise<void> {
    await workbench.type(key);
    await workbench.page.waitForTimeout(80);
  }

  it('what follows is there at once after Tab', async () => {
    await open('after.ts');
    await typeAndWait('after := ', 'stepOne();');
    const deadlineMs = performance.now() + GHOST_MS;
    while ((await asked(/stepOne\(\);$/)) === 0 && performance.now() < deadlineMs) {
      await workbench.page.waitForTimeout(20);
    }
    await workbench.press('Tab');
    const ghost = '\nstepTwo();';
    assert.equal(await workbench.waitForGhost((now) => now === ghost, GHOST_MS), ghost);
    assert.equal(await asked(/stepOne\(\);$/), 1);
  });

  it('extends the selected item of the completion list', async () => {
    await open('list.ts');
    await workbench.type('compu', { delayMs: 30 });
    await workbench.press('Control+Space');
    await workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused').first().waitFor();
    assert.equal(
      await workbench.waitForGhost((now) => now === 'teTotal(basket, vat);', GHOST_MS),
      'teTotal(basket, vat);',
    );
    await workbench.press('Tab');
    assert.equal(await workbench.waitForGhost((now) => now === '(basket, vat);', GHOST_MS), '(basket, vat);');
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now === undefined, GHOST_MS);
    assert.match(await workbench.editorText(), /^computeTotal\(basket, vat\);$/m);
  });

  it('stands before a bracket that closed itself', async () => {
    await open('bracket.ts');
    await typeAndWait('sum(', 'left, right');
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now !== 'left, right');
    assert.match(await workbench.editorText(), /^sum\(left, right\)$/m);
  });

  it('ends with its block', async () => {
    await open('block.ts');
    await typeAndWait('finish ', 'now();');
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now === undefined);
    assert.match(await workbench.editorText(), /^function f\(\) \{\n {2}finish now\(\);\n\}/);
  });

  it('is not offered again where it was accepted and undone', async () => {
    await open('undone.ts');
    await typeAndWait('undone := ', 'acceptedThenUndone();');
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now === undefined);
    await workbench.press('ControlOrMeta+Z');
    await staysBlank();
    assert.match(await workbench.editorText(), /^undone := $/m);
  });

  it('comes back when what was typed of it is deleted', async () => {
    await open('typed.ts');
    await typeAndWait('typed := ', 'typedThenUndone();');
    await workbench.type('typ');
    await workbench.waitForGhost((now) => now === 'edThenUndone();', GHOST_MS);
    for (let key = 0; key < 3; key++) await workbench.press('Backspace');
    await workbench.waitForGhost((now) => now === 'typedThenUndone();', GHOST_MS);
    assert.equal(await asked(/typed := $/), 1);
  });

  it('has the line ends of a CRLF file', async () => {
    await open('crlf.ts');
    await typeAndWait('crlf {', '\n  one();\n  two();\n');
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now === undefined);
    assert.equal(await saved('crlf.ts'), 'a\r\ncrlf {\r\n  one();\r\n  two();\r\n}\r\nb\r\n');
  });

  it('is indented with tabs where the file is', async () => {
    await open('tabs.ts');
    await workbench.typeForGhost('tabs {');
    await workbench.waitForGhost(undefined, GHOST_MS);
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now === undefined);
    assert.match(await saved('tabs.ts'), /^tabs \{\n\tone\(\);\n\ttwo\(\);\n\}/m);
  });

  it('is inserted at both of two cursors', async () => {
    await open('cursors.ts');
    await workbench.runCommand('Add Cursor Below');
    await workbench.focusEditor();
    await workbench.typeForGhost('twice := ');
    await workbench.waitForGhost((now) => now?.includes('inBoth();') ?? false, GHOST_MS);
    await workbench.press('Tab');
    await workbench.waitForGhost((now) => now === undefined);
    assert.match(await workbench.editorText(), /^twice := inBoth\(\);\ntwice := inBoth\(\);$/m);
  });

  it('is accepted by word and by line, and the rest stays', async () => {
    await open('words.ts');
    await typeAndWait('words := ', 'one(two, three);');
    const painted = await ghostsWhile(workbench, async () => {
      await workbench.press('ControlOrMeta+ArrowRight');
      await workbench.page.waitForTimeout(300);
    });
    const rest = await workbench.waitForGhost((now) => now !== undefined && now !== 'one(two, three);');
    assert.ok(rest !== undefined && 'one(two, three);'.endsWith(rest), rest);
    assert.ok(painted.every((each) => each !== undefined && 'one(two, three);'.endsWith(each)));
    assert.equal(await asked(/words := (?!.*three\);)/), 1);
  });

  it('shows whole lines at the deadline, and grows in place without a blank', async () => {
    await open('grow.ts');
    await workbench.press('Enter');
    const seen: (string | undefined)[] = [];
    await workbench.waitForGhost(undefined, GHOST_MS);
    const ghosts = await ghostsWhile(workbench, async () => {
      await workbench.waitForGhost((now) => now?.includes('third();') ?? false, GHOST_MS);
      await workbench.page.waitForTimeout(500);
    });
    for (const each of ghosts) if (seen.at(-1) !== each) seen.push(each);
    await workbench.screenshot(join(PICTURES, 'grown.png'));
    assert.ok(!seen.includes(undefined), JSON.stringify(seen));
    // Painted in two steps, and line starts are VS Code's own.
    const painted = seen.map((each) => each?.replaceAll(/\n\s*/g, '\n    ') ?? '');
    assert.ok(
      painted.every((each) => `${BLOCK}\n    }`.startsWith(each)),
      JSON.stringify(seen),
    );
    assert.ok(seen.length >= 2, JSON.stringify(seen));
  });

  it('appears in an untitled file', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    // By a click: VS Code asks for nothing in an editor that does not know of its focus.
    await workbench.page
      .locator('.editor-group-container.active .monaco-editor[data-uri^="untitled:"] .view-lines')
      .click();
    await typeAndWait('draft := ', 'inADraft();');
    await workbench.runCommand('View: Revert and Close Editor');
  });

  it('appears in a notebook cell', async () => {
    await workbench.openNotebook('cells.ipynb');
    await workbench.typeForGhost('cell := ');
    // Notebooks are drawn outside of the editor group.
    const ghost = workbench.page.locator(`.notebookOverlay ${GHOST}`).filter({ hasText: 'inACell' });
    await ghost.first().waitFor({ timeout: GHOST_MS });
    await workbench.runCommand('View: Revert and Close Editor');
  });

  it('does not appear in the box for a commit message', async () => {
    await workbench.runCommand('Source Control: Focus on Changes View');
    const box = workbench.page.locator('.scm-view .monaco-editor[data-uri^="vscode-scm:"]');
    await box.locator('.native-edit-context').first().focus();
    await workbench.type('message := ', { delayMs: 30 });
    await workbench.page.waitForTimeout(NOTHING_MS);
    assert.match((await box.innerText()).replaceAll('\u00a0', ' '), /message := /);
    assert.equal(await box.locator(GHOST).count(), 0);
    assert.equal(await asked(/message/), 0);
  });
});
