import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { chromiumFlags } from './chromiumFlags.ts';
import { findChromium } from './findChromium.ts';
import type { RunningServer } from './startServer.ts';
import { Workbench } from './workbench.ts';

export interface WorkbenchOptions {
  readonly server: RunningServer;
  /** Absolute path of the folder to open. */
  readonly workspaceFolder: string;
  /** Absolute path of the extension under development. VS Code honours one only; without it, what is installed runs. */
  readonly extensionPath?: string;
  /** Absolute path of a module whose `run()` the extension host calls once, see {@link runInHost}. */
  readonly extensionTestsPath?: string;
  /** Each line the extension host printed; nothing arrives without {@link extensionTestsPath}. */
  readonly onHostLog?: (line: string) => void;
  readonly log?: (line: string) => void;
}

/**
 * Opens a window of VS Code's real workbench in a Chromium of its own, with no trace of windows before it. Windows
 * of one server are opened one after another.
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const log = options.log ?? (() => {});
  await options.server.discardUnsaved();
  const browser = await chromium.launch({
    executablePath: findChromium(log),
    headless: true,
    args: chromiumFlags,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    let endTests: (code: number) => void = () => {};
    const testsEnded = new Promise<number>((resolve) => (endTests = resolve));
    await receiveAutomation(page, options.onHostLog ?? (() => {}), endTests);
    await page.goto(workbenchUrl(options), { timeout: openTimeoutMs });
    return new Workbench(browser, page, testsEnded);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** The workbench calls these two when it is under test, and does not wait for them: they must exist before it does. */
async function receiveAutomation(
  page: Page,
  onLog: (line: string) => void,
  onExit: (code: number) => void,
): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (_severity: string, args: unknown[]) =>
    onLog(plainText(args)),
  );
  await page.exposeFunction('codeAutomationExit', onExit);
}

/** Console arguments as one line; the first one is `%cprefix %ctext` with the styles after it. */
function plainText(args: readonly unknown[]): string {
  const [format, ...rest] = args.map(String);
  if (format === undefined) return '';
  const styles = format.match(/%c/g)?.length ?? 0;
  return [format.replaceAll('%c', ''), ...rest.slice(styles)].join(' ');
}

function workbenchUrl({
  server,
  workspaceFolder,
  extensionPath,
  extensionTestsPath,
}: WorkbenchOptions): string {
  const remote = (file: string) => `vscode-remote://${server.authority}${pathToFileURL(file).pathname}`;
  const payload = [
    ...(extensionPath === undefined ? [] : [['extensionDevelopmentPath', remote(extensionPath)]]),
    ...(extensionTestsPath === undefined ? [] : [['extensionTestsPath', remote(extensionTestsPath)]]),
    ['skipWelcome', 'true'],
  ];
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set('folder', decodeURIComponent(pathToFileURL(workspaceFolder).pathname));
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

const openTimeoutMs = 60_000;
