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

  /** Newest first. Read in one step: a progress that ends meanwhile takes its entry away. */
  async all(): Promise<Notification[]> {
    await this.showCenter();
    return await this.page.locator(item).evaluateAll(readNotifications, { message, button });
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
const message = '.notification-list-item-message';
const button = '.notification-list-item-buttons-container .monaco-button';

/** Runs inside the page, so it can use nothing from outside its own body. */
function readNotifications(
  items: PageElement[],
  selectors: { readonly message: string; readonly button: string },
): Notification[] {
  const textsIn = (one: PageElement, selector: string): string[] =>
    [...one.querySelectorAll(selector)].map((each) => each.textContent.trim());
  return items.map((one) => ({
    text: textsIn(one, selectors.message).join(''),
    buttons: textsIn(one, selectors.button),
  }));
}

/** The part of the DOM used above; the program is compiled without the browser's types. */
interface PageElement {
  readonly textContent: string;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
