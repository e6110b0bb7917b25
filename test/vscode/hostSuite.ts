import { writeFile } from 'node:fs/promises';
import Mocha from 'mocha';
import { reportTests, type SuiteResult } from './hostReporter.ts';

/** One test file: its path, and the import that runs its `describe` calls. */
export interface TestFile {
  readonly path: string;
  readonly load: () => Promise<unknown>;
}

/**
 * Runs mocha inside the extension host and writes a {@link SuiteResult} to the file that the variable
 * `DEEPWELL_TEST_RESULT` names. Called by the `run()` that {@link bundleHostSuite} generates.
 *
 * The files are imports of the bundle and not paths for mocha to load: the extension host resolves `vscode`
 * for what it loads itself, and TypeScript for nobody.
 *
 * @throws when a test fails or there is none, which makes VS Code report exit code 1.
 */
export async function runHostSuite(files: readonly TestFile[]): Promise<void> {
  const grep = process.env['DEEPWELL_TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: testTimeoutMs,
    reporter: Mocha.reporters.Base,
    ...(grep && { grep }),
  });
  for (const { path, load } of files) {
    mocha.suite.emit('pre-require', globalThis, path, mocha);
    await load();
    mocha.suite.emit('require', {}, path, mocha);
    mocha.suite.emit('post-require', globalThis, path, mocha);
  }
  const result = await new Promise<SuiteResult>((resolve) => {
    // Base prints nothing; the run starts in a later turn, so no event is missed.
    const result = reportTests(mocha.run(() => resolve(result)));
  });
  const resultFile = process.env['DEEPWELL_TEST_RESULT'];
  if (resultFile) await writeFile(resultFile, JSON.stringify(result));
  if (result.passed + result.failures.length === 0) throw new Error('No test ran.');
  if (result.failures.length > 0) throw new Error(`${result.failures.length} tests failed.`);
}

const testTimeoutMs = 60_000;
