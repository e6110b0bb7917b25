import assert from 'node:assert/strict';
import type { Language } from '../../../eval/languages/program.ts';
import { codeOf, programOf } from '../../../eval/suites/humanEvalInstruct.ts';

describe('code of an answer', () => {
  const rows: [answer: string, code: string][] = [
    ['Sure:\n```python\na\nb\n```', 'a\nb\n'],
    ['```\na\n```\nand\n```\nb\n```', 'a\n'],
    ['```python\na\nb', 'a\nb'],
    ['a = 1', 'a = 1'],
  ];
  for (const [answer, code] of rows) {
    it(JSON.stringify(answer), () => assert.equal(codeOf(answer), code));
  }
});

describe('program of an answer', () => {
  const PYTHON = 'import math\n\ndef f(a):\n    """Doc"""\n';
  const GO = 'import (\n    "math"\n)\n\n// Doc\nfunc F(a int) int {\n';
  const CPP = '/*\nDoc\n*/\n#include<math.h>\nusing namespace std;\nint f(int a){\n';
  const JAVA = 'import java.util.*;\n\nclass Solution {\n    /** Doc */\n    public int f(int a) {\n';
  // What the prompt gave, what the model wrote, and the program.
  const rows: [language: Language, prompt: string, code: string, program: string][] = [
    ['python', PYTHON, 'def f(a):\n    return a\n', 'import math\n\ndef f(a):\n    return a\n\n'],
    ['python', PYTHON, '    return a\n', `${PYTHON}    return a\n`],
    ['javascript', 'const f = (a) => {\n', 'function f(a) {\n}\n', '\nfunction f(a) {\n}\n\n'],
    ['javascript', 'const f = (a) => {\n', '  return a;\n}\n', 'const f = (a) => {\n  return a;\n}\n'],
    ['go', GO, 'func F(a int) int {\n}\nfunc main() {\n}\n', '\nfunc F(a int) int {\n}\n\n'],
    [
      'cpp',
      CPP,
      'int f(int a){\n}\nint main() {\n}\n',
      '#include<math.h>\nusing namespace std;\nint f(int a){\n}\n\n',
    ],
    [
      'java',
      JAVA,
      'public class Solution {\n    public int f(int a) {\n    }\n}\n',
      'import java.util.*;\nimport java.lang.*;\nclass Solution {\n    public int f(int a) {\n    }\n}\n\n',
    ],
  ];
  for (const [language, prompt, code, program] of rows) {
    it(`${language}: ${JSON.stringify(code)}`, () =>
      assert.equal(programOf(language, prompt, code), program));
  }
});
