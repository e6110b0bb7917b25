import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { grade } from '../../../eval/languages/grade.ts';
import { findPython } from '../../../eval/languages/python.ts';
import type { Runtime } from '../../../eval/languages/runtime.ts';
import { LIMITS } from '../../../eval/sandbox/limits.ts';
import { processTree } from '../../../eval/sandbox/processTree.ts';
import { sandboxProblem } from '../../../eval/sandbox/sandbox.ts';
import { TemporaryFolder } from '../../../support/temporaryFolder.ts';

/** Room for a busy machine: what sleeps or waits for ever has to be stopped all the same. */
const QUICK = { ...LIMITS, wallSeconds: 5, cpuSeconds: 2 };

describe('hostile samples', function () {
  this.timeout(60_000);
  let python: Runtime;
  let temporary: TemporaryFolder | undefined;
  const { TMPDIR } = process.env;
  before(async function () {
    const problem = await sandboxProblem();
    if (problem !== undefined) {
      process.stdout.write(`      NOT TESTED: the sandbox ${problem}\n`);
      this.skip();
    }
    python = await findPython();
    temporary = await TemporaryFolder.with();
    // Where jobs get their folders, which others use as well.
    process.env['TMPDIR'] = temporary.path;
  });
  after(async () => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    await temporary?.remove();
  });

  // What a sample does before the tests, and how it is seen to fail. The tests themselves pass.
  const rows: [name: string, sample: string, why: RegExp, limits?: typeof QUICK][] = [
    ['nothing bad', '', /^$/],
    [
      'a fork bomb',
      'import os\nwhile True:\n  try: os.fork()\n  except OSError: pass',
      /too much time|killed by signal 9/,
    ],
    ['an endless print', 'while True: print("x" * 1000)', /too much output/],
    ['a print that fills stderr', 'import sys\nwhile True: sys.stderr.write("x" * 1000)', /too much output/],
    [
      'deleting the home folder',
      'import os, shutil, subprocess\nfor home in ["/root", "/home", os.path.expanduser("~")]:\n' +
        '  shutil.rmtree(home, ignore_errors=True)\nassert not os.path.exists("/job/program.py")\nraise SystemExit(3)',
      /exit code 3/,
    ],
    [
      'looking for files of the machine',
      `import os\nassert os.path.exists(${JSON.stringify(import.meta.filename)}), "hidden"`,
      /hidden/,
    ],
    ['writing where programs lie', 'open("/usr/bin/deepwell-was-here", "w")', /Read-only|Permission/],
    [
      'a network call',
      'import socket\nsocket.create_connection(("127.0.0.1", 22), 5)',
      /unreachable|refused/i,
    ],
    ['10 GB at once', 'x = bytearray(10 * 2**30)', /MemoryError/],
    [
      '10 GB by many processes',
      'import os, time\nfor i in range(5): os.fork()\nx = bytearray(b"x") * 2**28\ntime.sleep(60)',
      /too much memory/,
      // A busy machine is slow to give them that much.
      { ...QUICK, wallSeconds: 30 },
    ],
    [
      'a file of 1 GB',
      'f = open("big", "wb")\nwhile True: f.write(b"x" * 2**20)',
      /File too large|killed by signal 25/,
    ],
    [
      'many files',
      'for i in range(40):\n  f = open(f"big{i}", "wb")\n  for _ in range(16): f.write(b"x" * 2**20)\n  f.close()',
      /No space left/,
      { ...QUICK, wallSeconds: 30 },
    ],
    ['exit 0 before the tests', 'import os\nos._exit(0)', /ended before the last test/],
    ['a polite exit 0', 'raise SystemExit(0)', /ended before the last test/],
    ['an endless loop', 'while True: pass', /killed by signal 9|too much time/],
    ['sleeping', 'import time\ntime.sleep(1000)', /too much time/],
    [
      'a child that leaves the group and stays',
      'import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    for fd in (0, 1, 2): os.close(fd)\n' +
        '    time.sleep(1000)\n  os._exit(0)\nos.kill(os.getpid(), 9)',
      /killed by signal 9/,
    ],
    [
      'killing everything it can',
      'import os\nfor pid in (1, -1):\n  try: os.kill(pid, 9)\n  except OSError: pass\nraise SystemExit(4)',
      /exit code 4|killed by signal 9/,
    ],
    [
      'reading the environment',
      'import os\nassert set(os.environ) - {"PATH", "HOME", "TMPDIR", "LC_CTYPE"}, "scrubbed"',
      /scrubbed/,
    ],
  ];

  for (const [name, sample, why, limits = QUICK] of rows) {
    it(`${name}: ${why.source}`, async () => {
      const before = await processes();
      const result = await grade({ language: 'python', sample, tests: 'assert 1 + 1 == 2' }, python, limits);
      assert.match(result.why, why);
      assert.equal(result.passed, name === 'nothing bad');
      // Its parent, the shell and the namespaces' first process are gone, and with that the kernel killed the rest.
      await processesAreAsBefore(before);
      assert.deepEqual(await readdir(temporary?.path ?? ''), []);
      assert.ok((await stat(homedir())).isDirectory());
    });
  }
});

/** Descendants of this process, which are all that a job can be. */
async function processes(): Promise<number> {
  return (await processTree(process.pid)).length;
}

/** The kernel takes a moment for what it kills. */
async function processesAreAsBefore(before: number): Promise<void> {
  for (let tries = 0; tries < 50 && (await processes()) > before; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok((await processes()) <= before);
}
