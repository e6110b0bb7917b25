import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput.ts';

export interface Notification {
  readonly text: string;
  readonly buttons: readonly string[];
}

/**
 * Notifications as the notification center lists them. Under its smoke-test driver VS Code shows no toasts, so
 * they are read there; opening the center takes the focus from the editor.
 */
export class Notifications {
  private readonly page: Page;
  private readonly quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.page = page;
    this.quickInput = quickInput;
  }

  /** Newest first. */
  async all(): Promise<Notification[]> {
    await this.showCenter();
    const items = await this.page.locator(item).all();
    return await Promise.all(
      items.map(async (one) => ({
        text: (await one.locator('.notification-list-item-message').innerText()).trim(),
        buttons: await one.locator(button).allInnerTexts(),
      })),
    );
  }

  /** Clicks a button of the newest notification that has it, waiting for one to come. */
  async click(label: string, timeoutMs: number): Promise<void> {
    await this.showCenter();
    await this.withExactText(label).click({ timeout: timeoutMs });
  }

  private withExactText(label: string): Locator {
    return this.page.locator(`${item} ${button}`).getByText(label, { exact: true }).first();
  }

  private async showCenter(): Promise<void> {
    const center = this.page.locator('.notifications-center.visible');
    if (await center.isVisible()) return;
    await this.quickInput.pickCommand('Notifications: Show Notifications');
    await center.waitFor({ timeout: 10_000 });
  }
}

const item = '.notifications-center.visible .notification-list-item';
const button = '.notification-list-item-buttons-container .monaco-button';
