import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { readGhostText } from './ghostText.ts';
export class Workbench {
  readonly page: Page; private browser: Browser; readonly testsEnded: Promise<number>;
  constructor(browser: Browser, page: Page, testsEnded: Promise<number>) { this.browser=browser; this.page=page; this.testsEnded=testsEnded; }
  async dispose() { await this.browser.close(); }
  ghost() { return this.page.evaluate(readGhostText); }
}
