import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { readEditorText } from './editorText.ts';
import { readGhostText } from './ghostText.ts';
import { Notifications, type Notification } from './notifications.ts';
import { QuickInput } from './quickInput.ts';

/** A VS Code window as a test sees it. Made by {@link openWorkbench}. */
export class Workbench implements AsyncDisposable {
  /** For what this class has no word for. */
  readonly page: Page;
  /** Settles with the exit code once the tests of `extensionTestsPath` have run. */
  readonly testsEnded: Promise<number>;
  private readonly browser: Browser;
  private readonly quickInput: QuickInput;
  private readonly notificationCenter: Notifications;

  constructor(browser: Browser, page: Page, testsEnded: Promise<number>) {
    this.browser = browser;
    this.page = page;
    this.testsEnded = testsEnded;
    this.quickInput = new QuickInput(page);
    this.notificationCenter = new Notifications(page, this.quickInput);
  }

  /** Waits until the window is restored and extensions that start with it have been asked to. */
  async waitReady(timeoutMs = 60_000): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: timeoutMs });
    await this.page.waitForFunction('window.driver !== undefined', undefined, { timeout: timeoutMs });
    await this.page.evaluate('window.driver.whenWorkbenchRestored()');
  }

  /** Opens a file by its path in the workspace folder, with `/`, and waits until the editor shows it. */
  async openFile(path: string): Promise<void> {
    await this.quickInput.pickFirst(path, path.slice(path.lastIndexOf('/') + 1));
    await this.page.locator(`${activeGroup} .monaco-editor[data-uri$="/${path}"] .view-lines`).waitFor();
    await this.focusEditor();
  }

  /** Opens a notebook by its path in the workspace folder, with the cursor in its first cell. */
  async openNotebook(path: string): Promise<void> {
    await this.quickInput.pickFirst(path, path.slice(path.lastIndexOf('/') + 1));
    await this.statusBarText(/^Cell 1 of/, 30_000);
    // Of the list of cells into the cell.
    await this.page.locator('.notebookOverlay .monaco-list').first().focus();
    await this.press('Enter');
    await this.page.locator('.notebookOverlay .monaco-editor.focused').waitFor();
  }

  /** Puts the active file back as it is on disk. */
  async revert(): Promise<void> {
    await this.runCommand('File: Revert File');
    await this.page.locator(`${activeGroup} .tab.active.dirty`).waitFor({ state: 'detached' });
  }

  /** Moves the cursor; both count from 1, as in the status bar. */
  async goTo(line: number, column: number): Promise<void> {
    await this.quickInput.pickFirst(`:${line}:${column}`, new RegExp(`${line}.*${column}`));
    await this.statusBarText(new RegExp(`Ln ${line}, Col ${column}\\b`));
    await this.focusEditor();
  }

  /** Opens a file and selects whole lines of it, with the cursor behind the last. The first is 1. */
  async selectLines(path: string, first: number, count: number): Promise<void> {
    await this.openFile(path);
    await this.goTo(first, 1);
    for (let line = 0; line < count; line++) await this.press('Shift+ArrowDown');
  }

  /** By script: a click would move the cursor. */
  async focusEditor(): Promise<void> {
    await this.page.locator(`${activeGroup} .native-edit-context`).first().focus();
  }

  /** Types into whatever has the focus, one key after another. */
  async type(text: string, { delayMs = 0 }: { delayMs?: number } = {}): Promise<void> {
    await this.page.keyboard.type(text, { delay: delayMs });
  }

  /** Types what is to be completed. VS Code on a busy machine may not ask at all after a burst of keys: the last comes by itself. */
  async typeForGhost(text: string): Promise<void> {
    await this.type(text.slice(0, -1), { delayMs: 40 });
    await this.page.waitForTimeout(400);
    await this.type(text.slice(-1));
  }

  /** One key in Playwright's notation: `Tab`, `Control+ArrowRight`. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** The ghost text shown now, see {@link readGhostText}. */
  async ghostText(): Promise<string | undefined> {
    return await this.page.evaluate(readGhostText);
  }

  /**
   * Waits for ghost text (or, given undefined, for none) that the predicate accepts and that stays for 50 ms: a
   * multi-line one is painted in two steps.
   *
   * @throws with the last ghost text seen.
   */
  async waitForGhost(
    accepts: (ghost: string | undefined) => boolean = (ghost) => ghost !== undefined,
    timeoutMs = 10_000,
  ): Promise<string | undefined> {
    const deadline = performance.now() + timeoutMs;
    let seen = await this.ghostText();
    let since = performance.now();
    while (performance.now() < deadline) {
      if (accepts(seen) && performance.now() - since >= stableMs) return seen;
      await sleep(10);
      const now = await this.ghostText();
      if (now === seen) continue;
      seen = now;
      since = performance.now();
    }
    throw new Error(
      `No accepted ghost text within ${timeoutMs} ms; the last one was ${JSON.stringify(seen)}.`,
    );
  }

  /** The painted text of the active editor, see {@link readEditorText}. */
  async editorText(): Promise<string> {
    return await this.page.evaluate(readEditorText);
  }

  /**
   * Waits until the active editor shows this text and no other, or one that the predicate accepts.
   *
   * @throws with the text that it shows instead.
   */
  async waitForText(wanted: string | ((text: string) => boolean), timeoutMs = 10_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    const accepts = typeof wanted === 'string' ? (text: string) => text === wanted : wanted;
    let text = await this.editorText();
    while (!accepts(text)) {
      if (performance.now() > deadline) throw new Error(`The editor shows other text:\n${text}`);
      await sleep(50);
      text = await this.editorText();
    }
  }

  /** Whether the active editor counts as changed. */
  async isDirty(): Promise<boolean> {
    return (await this.page.locator(`${activeGroup} .tab.active.dirty`).count()) > 0;
  }

  /** Waits for a status bar entry whose text matches, and returns that text. */
  async statusBarText(matcher: RegExp, timeoutMs = 10_000): Promise<string> {
    const entry = this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: matcher }).first();
    await entry.waitFor({ timeout: timeoutMs });
    return (await entry.innerText()).trim();
  }

  /** Waits for a status bar entry by what a screen reader says of it: an icon has no text. */
  async statusBarLabel(matcher: RegExp, timeoutMs = 10_000): Promise<void> {
    const entry = this.page.locator('.part.statusbar').getByLabel(matcher).first();
    await entry.waitFor({ timeout: timeoutMs });
  }

  /** All notifications, newest first. Takes the focus from the editor. */
  async notifications(): Promise<Notification[]> {
    return await this.notificationCenter.all();
  }

  /** Waits for a notification whose text matches. */
  async waitForNotification(text: RegExp, timeoutMs = 60_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const all = await this.notifications();
      if (all.some((each) => text.test(each.text))) return;
      if (performance.now() > deadline) throw new Error(`No such notification, but: ${JSON.stringify(all)}`);
      await sleep(100);
    }
  }

  async clickNotificationButton(label: string, timeoutMs = 10_000): Promise<void> {
    await this.notificationCenter.click(label, timeoutMs);
  }

  /** Runs a command through the palette, by its full title: `Category: Title`. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.pickCommand(title);
  }

  /** @param label as the list of themes has it. */
  async setTheme(label: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.pickFromOpen(label);
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  /** The lines around the cursor alone: a picture for a page. */
  async editorScreenshot(path: string): Promise<void> {
    const cursor = await this.page.locator(`${activeGroup} .cursors-layer .cursor`).first().boundingBox();
    const editor = await this.page.locator(`${activeGroup} .monaco-editor`).first().boundingBox();
    if (!cursor || !editor) throw new Error('There is no editor with a cursor.');
    const top = Math.max(editor.y, cursor.y - 150);
    await this.page.screenshot({ path, clip: { x: editor.x, y: top, width: 620, height: 210 } });
  }

  /** Closes the window without asking about unsaved files. */
  async dispose(): Promise<void> {
    await this.browser.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }
}

const activeGroup = '.editor-group-container.active';
const stableMs = 50;
