import { spawn } from 'node:child_process';

/** All suites, the quick ones first. Each is an npm script, so that one can be run alone. */
const SUITES: readonly string[] = ['unit', 'engine', 'integration', 'e2e'];

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a suite with its output shown, and reads the counts from mocha's closing lines. */
async function run(suite: string): Promise<Counts> {
  process.stdout.write(`\n== ${suite}\n`);
  // npm is a script on Windows, which only a shell can start.
  const child = spawn('npm', ['run', '--silent', suite], {
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  const passed = sum(output, /^\s*(\d+) passing\b/gm);
  const failed = sum(output, /^\s*(\d+) failing\b/gm);
  // A suite that fell over before it counted, or ran nothing, has failed.
  return { passed, failed: Math.max(failed, code === 0 && passed > 0 ? 0 : 1) };
}

function sum(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);
}

let passed = 0;
let failed = 0;
for (const suite of SUITES) {
  const counts = await run(suite);
  passed += counts.passed;
  failed += counts.failed;
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
