import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chatPage } from '../../../src/features/chat/page.ts';
import { parseToHost, type ToHost, type ToPage } from '../../../src/webview/messages.ts';
import { chromiumFlags } from '../../vscode/chromiumFlags.ts';
import { findChromium } from '../../vscode/findChromium.ts';
import { PROJECT } from '../paths.ts';
import { type Theme, THEMES } from './themes.ts';

/** What an answer must never bring about. */
export interface Trouble {
  /** Calls of `pwned`, which every hostile script makes. */
  readonly executed: number;
  /** Addresses asked for beyond the page, its script and its style sheet. */
  readonly requests: readonly string[];
  readonly dialogs: number;
  readonly navigations: number;
  /** Windows opened. */
  readonly windows: number;
  /** What the page's policy had to stop. */
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

export const NO_TROUBLE: Trouble = {
  executed: 0,
  requests: [],
  dialogs: 0,
  navigations: 0,
  windows: 0,
  violations: [],
  errors: [],
};

const ORIGIN = 'https://webview.test';

/** What {@link install} leaves in the page. */
declare const window: {
  posted: unknown[];
  executed: number;
  violations: string[];
  postMessage(message: unknown, target: string): void;
};
declare const requestAnimationFrame: (call: () => void) => void;
declare const scheduler: { yield(): Promise<void> };

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(() => undefined),
    headless: true,
    args: chromiumFlags,
  });
}

/** The real bundle in a browser, under the page's real policy, with the webview's side of VS Code played. */
export class ChatWindow {
  readonly page: Page;
  private readonly _context: BrowserContext;
  private readonly _requests: string[] = [];
  private readonly _errors: string[] = [];
  private _dialogs = 0;
  private _navigations = -1;
  private _windows = -1;
  private _seq = 0;

  private constructor(context: BrowserContext, page: Page) {
    this._context = context;
    this.page = page;
  }

  static async open(
    browser: Browser,
    theme: Theme = THEMES.dark,
    width = 400,
    height = 700,
  ): Promise<ChatWindow> {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    const chat = new ChatWindow(context, page);
    chat._windows = 0;
    await chat.watch();
    await page.addInitScript(install, { theme, draft: '' });
    await page.goto(`${ORIGIN}/chat.html`);
    await page.waitForFunction(() => window.posted.length > 0);
    return chat;
  }

  /** Numbers the message and sends it, as the extension host would. */
  async send(...messages: Unnumbered[]): Promise<void> {
    const numbered = messages.map((message) => ({ ...message, seq: ++this._seq }));
    await this.page.evaluate((list) => list.forEach((message) => window.postMessage(message, '*')), numbered);
  }

  /** As {@link send}, in tasks of their own: the page may draw between any two. */
  async stream(messages: readonly Unnumbered[]): Promise<void> {
    const numbered = messages.map((message) => ({ ...message, seq: ++this._seq }));
    await this.page.evaluate(async (list) => {
      for (const message of list) {
        window.postMessage(message, '*');
        await scheduler.yield();
      }
    }, numbered);
  }

  /** The number of the next message, for those who post one in the page themselves. Those that follow are theirs as well. */
  nextSeq(): number {
    return this._seq + 1;
  }

  /** Resolves when what was sent is on the screen. */
  async drawn(): Promise<void> {
    await this.page.locator(`.app[data-seq="${this._seq}"]`).waitFor();
    await this.page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(resolve)));
  }

  /** What the page has sent to the host since the last call; a message of the wrong shape throws. */
  async posted(): Promise<ToHost[]> {
    const all = await this.page.evaluate(() => window.posted.splice(0));
    return all.map((value) => {
      const message = parseToHost(value);
      if (message === undefined)
        throw new Error(`The page sent what is no message: ${JSON.stringify(value)}`);
      return message;
    });
  }

  async trouble(): Promise<Trouble> {
    const { executed, violations } = await this.page.evaluate(() => ({
      executed: window.executed,
      violations: window.violations,
    }));
    return {
      executed,
      requests: this._requests,
      dialogs: this._dialogs,
      navigations: this._navigations,
      windows: this._windows,
      violations,
      errors: this._errors,
    };
  }

  async close(): Promise<void> {
    await this._context.close();
  }

  private async watch(): Promise<void> {
    const page = this.page;
    page.on('dialog', (dialog) => {
      this._dialogs++;
      void dialog.dismiss();
    });
    page.on('framenavigated', () => this._navigations++);
    page.on('pageerror', (error) => this._errors.push(String(error)));
    this._context.on('page', () => this._windows++);
    const bundle = join(PROJECT, 'dist', 'webview');
    const files = new Map([
      ['/chat.html', { contentType: 'text/html', body: chatPage(ADDRESSES) }],
      ['/chat.js', { contentType: 'text/javascript', body: await readFile(join(bundle, 'chat.js'), 'utf8') }],
      ['/chat.css', { contentType: 'text/css', body: await readFile(join(bundle, 'chat.css'), 'utf8') }],
    ]);
    await this._context.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      const file = url.origin === ORIGIN ? files.get(url.pathname) : undefined;
      if (file !== undefined) {
        // Each once: a hostile answer may ask for the page itself.
        files.delete(url.pathname);
        return route.fulfill(file);
      }
      this._requests.push(url.href);
      await route.abort();
    });
  }
}

const ADDRESSES = { scriptUri: `${ORIGIN}/chat.js`, styleUri: `${ORIGIN}/chat.css`, language: 'en' };

type Unnumbered = ToPage extends infer M ? (M extends ToPage ? Omit<M, 'seq'> : never) : never;

/** Runs in the page before anything else: what VS Code puts there, and traps for what must not happen. */
function install({ theme, draft }: { theme: Theme; draft: string }): void {
  const page: typeof globalThis & Record<string, unknown> = globalThis;
  const document = page['document'] as {
    documentElement: { style: { setProperty(name: string, value: string): void } };
    body: { className: string };
    addEventListener(
      name: string,
      call: (event: { violatedDirective: string; blockedURI: string }) => void,
    ): void;
  };
  const posted: unknown[] = [];
  const violations: string[] = [];
  let kept: unknown = { draft };
  Object.assign(page, { posted, violations, executed: 0, pwned: () => void window.executed++ });
  Object.assign(page, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void posted.push(structuredClone(message)),
      getState: () => kept,
      setState: (state: unknown) => (kept = state),
    }),
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = theme.bodyClass;
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  });
}
