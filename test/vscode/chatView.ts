import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

const ANSWER_MS = 60_000;

/** The chat in the side bar of a workbench: a page in a page in a page. */
export class ChatView {
  readonly page: FrameLocator;
  private readonly workbench: Workbench;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.page = workbench.page.frameLocator('iframe.webview.ready').first().frameLocator('#active-frame');
  }

  /** Shows it, with the cursor in its input box. */
  async open(): Promise<void> {
    await this.workbench.runCommand('Deepwell: Open Chat');
    await this.page.getByLabel('Your question').waitFor({ timeout: ANSWER_MS });
    await this.page.locator('[aria-label="Your question"]:focus').waitFor();
  }

  /** What was said: a screen reader is told the same in another place. */
  get talk(): Locator {
    return this.page.getByRole('main', { name: 'Conversation' });
  }

  async ask(question: string): Promise<void> {
    const box = this.page.getByLabel('Your question');
    await box.fill(question);
    // While an answer is on its way, and the page has not drawn its end, Enter does nothing.
    await this.page.getByRole('button', { name: 'Send (Enter)' }).waitFor();
    await box.press('Enter');
    await this.talk.getByRole('article', { name: 'Question' }).getByText(question).last().waitFor();
  }

  /** A conversation of the list. */
  async show(title: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Conversations/ }).click();
    await this.page.getByRole('navigation', { name: 'Conversations' }).getByText(title).first().click();
  }
}
