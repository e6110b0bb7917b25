import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHostSuite } from './bundleHostSuite.ts';
import { reportMark, type SuiteResult } from './hostReporter.ts';
import { sourcePositions } from './sourcePositions.ts';
import { runSuiteOnDesktop } from './runSuiteOnDesktop.ts';
import { runSuiteOnServer } from './runSuiteOnServer.ts';
import type { Settings } from './settings.ts';

export interface HostRun {
  /** Globs of test files, from the project's folder. */
  readonly tests: readonly string[];
  /** Absolute path of the extension under test, built. */
  readonly extensionPath: string;
  /** Absolute path of the folder to open; tests write into it, so give them a copy. */
  readonly workspaceFolder: string;
  readonly userSettings?: Settings;
  /** Where settings of scope `machine` stand when VS Code runs on a server; on the desktop they are the user's. */
  readonly machineSettings?: Settings;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs only tests whose full title matches. */
  readonly grep?: string;
  readonly timeoutMs?: number;
  readonly log: (line: string) => void;
}

/** {@link HostRun} once the suite is bundled, as the two kinds of VS Code take it. */
export interface BundledRun extends Required<Omit<HostRun, 'tests' | 'grep'>> {
  readonly testsModule: string;
  readonly onHostLog: (line: string) => void;
}

/**
 * Runs mocha tests inside a real VS Code extension host: in the desktop VS Code that `VSCODE_PATH` names, else in
 * the one of VS Code's server.
 *
 * @returns the exit code for the process: 0 only when tests ran and none failed.
 */
export async function runInHost(run: HostRun): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'deepwell-host-'));
  const resultFile = join(folder, 'result.json');
  const otherOutput: string[] = [];
  const onHostLog = (line: string) => {
    const at = line.indexOf(reportMark);
    if (at >= 0) run.log(`  ${line.slice(at + reportMark.length)}`);
    else if (!knownComplaint.test(line)) otherOutput.push(line);
  };
  const { tests, grep, ...rest } = run;
  try {
    const bundled: BundledRun = {
      userSettings: {},
      machineSettings: {},
      timeoutMs: 10 * 60_000,
      ...rest,
      env: {
        ...run.env,
        DEEPWELL_TEST_RESULT: resultFile,
        ...(grep !== undefined && { DEEPWELL_TEST_GREP: grep }),
      },
      testsModule: await bundleHostSuite(tests),
      onHostLog,
    };
    const desktop = process.env['VSCODE_PATH'];
    const exitCode = desktop ? await runSuiteOnDesktop(desktop, bundled) : await runSuiteOnServer(bundled);
    if (!existsSync(resultFile)) {
      run.log(`The suite ended with exit code ${exitCode} and without a result. The extension host printed:`);
      run.log((await sourcePositions(bundled.testsModule))(otherOutput.slice(-30).join('\n')));
      return exitCode || 1;
    }
    const result = JSON.parse(await readFile(resultFile, 'utf8')) as SuiteResult;
    report(result, await sourcePositions(bundled.testsModule), run.log);
    return result.failures.length > 0 ? 1 : exitCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What VS Code's server prints in every run: native modules that were not compiled, a gallery it cannot reach. */
const knownComplaint = /bindings file|native-watchdog|Creating a socket|onnection token|open-vsx/;

function report(
  { passed, pending, failures }: SuiteResult,
  inSource: (stack: string) => string,
  log: (line: string) => void,
): void {
  log(
    `\n  ${passed} passing${pending > 0 ? `\n  ${pending} pending` : ''}${failures.length > 0 ? `\n  ${failures.length} failing` : ''}`,
  );
  failures.forEach(({ title, stack }, index) =>
    log(`\n  ${index + 1}) ${title}\n${inSource(stack).replaceAll(/^/gm, '     ')}`),
  );
}
