import assert from 'node:assert/strict';
import { brackets } from '../../../../../src/core/completion/shaping/brackets.ts';
import { applied } from './applied.ts';

describe('brackets', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    ['one that stands below', 'f {\n  a;\n|\n}', '}', ''],
    ['one that stands below with more behind it', 'a = {\n|\n};', '}', ''],
    ['one that is needed', 'f {\n  if (a) {\n    b;\n|\n}', '  }', '  }'],
    ['the second of two', 'f {\n  if (a) {\n    |\n}', 'b;\n  }\n}', 'b;\n  }'],
    ['what follows it', 'f {\n  |\n}', 'a;\n}\n\ng();', 'a;'],
    ['one that belongs to the text', 'f {\n  |\n}', 'if (a) {\n    b;\n  }', 'if (a) {\n    b;\n  }'],
    ['one that ends and one that begins', 'if (a) {\n  |\n}', 'b;\n} else {\n  c;', 'b;\n} else {\n  c;'],
    ['its own ones that stand below', 'class A {\n  f(|\n  }\n}', 'a) {\n    b;\n  }\n}', 'a) {\n    b;'],
    ['its own one above code that lacks one', '|\n  b();\n}', 'if (a) {\n  c;\n}', 'if (a) {\n  c;\n}'],
    ['nothing below', 'f {\n  |', 'a;\n}', 'a;\n}'],
    ['one that nothing opened', 'a|', ')', ')'],
    ['closers on the cursor’s line', 'f(|);\n', 'a)', 'a)'],
    ['in a string', 'f {\n  |\n}', 'a = "}"', 'a = "}"'],
    ['in a comment', 'f {\n  |\n}', '// }', '// }'],
    ['below a digit that ends nothing', 'f {\n  |\n}1', 'a;\n}', 'a;\n}'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(applied(brackets, picture, text).text, left);
    });
  }

  it('waits for what may still open', () => {
    assert.equal(applied(brackets, 'f {\n|\n}', '}', { complete: false }).text, '}');
  });
});
