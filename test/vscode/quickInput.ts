import type { Page } from 'playwright-core';

/** VS Code's quick input box (files, commands, lines), driven by the keyboard like a user would. */
export class QuickInput {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /**
   * Picks the first entry: the file for a path, the position for `:line:column`.
   *
   * @param label what that entry's text begins with or, as an expression, holds. The box first lists what was opened before, and Enter would take that.
   */
  async pickFirst(text: string, label: string | RegExp): Promise<void> {
    const first = this.page.locator(`${widget} .monaco-list-row.focused`).filter({
      hasText: typeof label === 'string' ? new RegExp(`^\\s*${escapeRegExp(label)}`) : label,
    });
    await this.pick(text, () => first.first().waitFor({ timeout: timeoutMs }));
    await this.page.keyboard.press('Enter');
    await this.page.locator(widget).waitFor({ state: 'hidden', timeout: timeoutMs });
  }

  /**
   * Runs the command whose title is exactly this, with its category: `Notifications: Show Notifications`.
   *
   * @throws when the palette has no such command, listing what it has instead.
   */
  async pickCommand(title: string): Promise<void> {
    const labels = this.page.locator(`${widget} .monaco-list-row .label-name`);
    const wanted = labels.filter({ hasText: new RegExp(`^\\s*${escapeRegExp(title)}\\s*$`) }).first();
    try {
      await this.pick(`>${title}`, () => wanted.click({ timeout: timeoutMs }));
    } catch (error) {
      const found = await labels.allTextContents();
      await this.page.keyboard.press('Escape');
      throw new Error(`The command palette has no "${title}", but: ${found.slice(0, 5).join(', ')}`, {
        cause: error,
      });
    }
  }

  /** Of a list that is open already, the entry that has this text. */
  async pickFromOpen(label: string): Promise<void> {
    const input = this.page.locator(`${widget} .quick-input-filter input`);
    await input.waitFor({ timeout: timeoutMs });
    await input.fill(label);
    await this.page
      .locator(`${widget} .monaco-list-row.focused`)
      .filter({ hasText: label })
      .first()
      .waitFor({ timeout: timeoutMs });
    await this.page.keyboard.press('Enter');
    await this.page.locator(widget).waitFor({ state: 'hidden', timeout: timeoutMs });
  }

  /** Chooses in the box for `text`; anew where something that ended late has taken the focus, and so closed it. */
  private async pick(text: string, choose: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      await this.open(text);
      try {
        return await choose();
      } catch (error) {
        if (tries === MOST_TRIES || (await this.page.locator(widget).isVisible())) throw error;
      }
    }
  }

  /** Opens it again where something that ended late has taken the focus, and so closed it. */
  private async open(text: string): Promise<void> {
    const input = this.page.locator(`${widget} .quick-input-filter input`);
    for (let tries = 1; ; tries++) {
      await this.page.keyboard.press('ControlOrMeta+P');
      try {
        await input.fill(text, { timeout: OPEN_MS });
        return;
      } catch (error) {
        if (tries === MOST_TRIES) throw error;
      }
    }
  }
}

const widget = '.quick-input-widget';
const timeoutMs = 10_000;
const OPEN_MS = 5_000;
const MOST_TRIES = 3;

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
