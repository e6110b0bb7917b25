import type { Runner, Test } from 'mocha';

/** What a run of the suite came to. Crosses from the extension host to {@link runInHost} as JSON. */
export interface SuiteResult {
  readonly passed: number;
  readonly pending: number;
  readonly failures: readonly { readonly title: string; readonly stack: string }[];
}

/** Marks the lines that are test results among all that an extension host prints. */
export const reportMark = '[test] ';

/** Prints a line per test as it ends. The result returned is complete when the run has ended. */
export function reportTests(runner: Runner): SuiteResult {
  const failures: { title: string; stack: string }[] = [];
  const result = { passed: 0, pending: 0, failures };
  runner.on('pass', (test) => {
    result.passed += 1;
    print(`✔ ${titleOf(test)} (${test.duration ?? 0} ms)`);
  });
  runner.on('pending', (test) => {
    result.pending += 1;
    print(`- ${titleOf(test)}`);
  });
  runner.on('fail', (test, error: unknown) => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    failures.push({ title: titleOf(test), stack });
    print(`✘ ${titleOf(test)}`);
  });
  return result;
}

function titleOf(test: Test): string {
  return test.titlePath().join(' › ');
}

function print(line: string): void {
  console.log(reportMark + line);
}
