import assert from 'node:assert/strict';
import { grade } from '../../../eval/languages/grade.ts';
import { LANGUAGES, type Language } from '../../../eval/languages/program.ts';
import { findRuntimes, type Runtimes } from '../../../eval/languages/runtimes.ts';
import { sandboxProblem } from '../../../eval/sandbox/sandbox.ts';

interface Case {
  readonly right: string;
  readonly wrong: string;
  readonly broken: string;
  readonly exits: string;
  readonly tests: string;
}

/** The least of what HumanEval-X asks of a language: its imports, and its way of testing. */
const CASES: Readonly<Record<Language, Case>> = {
  python: {
    right: 'def add(a, b):\n    return a + b\n',
    wrong: 'def add(a, b):\n    return a - b\n',
    broken: 'def add(a, b:\n',
    exits: 'def add(a, b):\n    exit(0)\n',
    tests: 'def check(candidate):\n    assert candidate(1, 2) == 3\ncheck(add)\n',
  },
  javascript: {
    right: 'const add = (a, b) => {\n  return a + b;\n}\n',
    wrong: 'const add = (a, b) => {\n  return a - b;\n}\n',
    broken: 'const add = (a, b => {\n',
    exits: 'const add = (a, b) => {\n  process.exit(0);\n}\n',
    tests: 'const testAdd = () => {\n  console.assert(add(1, 2) === 3)\n}\n\ntestAdd()\n',
  },
  java: {
    right: 'import java.util.*;\nclass Solution {\n  int add(int a, int b) {\n    return a + b;\n  }\n}',
    wrong: 'import java.util.*;\nclass Solution {\n  int add(int a, int b) {\n    return a - b;\n  }\n}',
    broken: 'import java.util.*;\nclass Solution {\n  int add(int a, int b) {\n}',
    exits:
      'import java.util.*;\nclass Solution {\n  int add(int a, int b) {\n    System.exit(0); return 3;\n  }\n}',
    tests:
      'public class Main {\n  public static void main(String[] args) {\n    List<Boolean> correct = Arrays.asList(' +
      'new Solution().add(1, 2) == 3);\n    if (correct.contains(false)) {\n      throw new AssertionError();\n    }\n  }\n}\n',
  },
  cpp: {
    right: 'using namespace std;\nint add(int a, int b){\n  return a + b;\n}\n',
    wrong: 'using namespace std;\nint add(int a, int b){\n  return a - b;\n}\n',
    broken: 'using namespace std;\nint add(int a, int b{\n',
    exits: '#include<stdlib.h>\nint add(int a, int b){\n  exit(0);\n}\n',
    tests: '#undef NDEBUG\n#include<assert.h>\nint main(){\n  assert (add(1, 2) == 3);\n}\n',
  },
  go: {
    right: 'import (\n    "math"\n)\n\nfunc Add(a int, b int) int {\n    return a + b\n}\n',
    wrong: 'func Add(a int, b int) int {\n    return a - b\n}\n',
    broken: 'func Add(a int, b int int {\n',
    exits: 'import "os"\n\nfunc Add(a int, b int) int {\n    os.Exit(0)\n    return 3\n}\n',
    tests:
      'package main\n\nimport (\n    "testing"\n    "github.com/stretchr/testify/assert"\n)\n\n' +
      'func TestAdd(t *testing.T) {\n    assert := assert.New(t)\n    assert.Equal(3, Add(1, 2))\n}\n',
  },
};

describe('grading', function () {
  this.timeout(120_000);
  let runtimes: Runtimes;
  before(async function () {
    const problem = await sandboxProblem();
    if (problem !== undefined) {
      process.stdout.write(`      NOT TESTED: the sandbox ${problem}\n`);
      this.skip();
    }
    runtimes = await findRuntimes();
  });

  for (const language of LANGUAGES) {
    it(`${language}: what is right passes, and nothing else`, async function () {
      const runtime = runtimes.found.get(language);
      if (!runtime) {
        process.stdout.write(`      NOT TESTED: ${language}, ${runtimes.missing.get(language)}\n`);
        this.skip();
      }
      const { right, wrong, broken, exits, tests } = CASES[language];
      const graded = [];
      for (const sample of [right, wrong, broken, exits])
        graded.push(await grade({ language, sample, tests }, runtime));
      assert.deepEqual(
        graded.map(({ passed }) => passed),
        [true, false, false, false],
        graded.map(({ why }) => why).join('\n'),
      );
      assert.ok(graded.slice(1).every(({ why }) => why !== ''));
    });
  }
});
