import assert from 'node:assert/strict';
import { indentation } from '../../../../../src/core/completion/shaping/indentation.ts';
import { applied } from './applied.ts';

describe('indentation', () => {
  const rows: [title: string, picture: string, text: string, left: string][] = [
    [
      'spaces where the document has tabs',
      'f {\n\ta;\n\t|',
      'if (b) {\n    c;\n  }',
      'if (b) {\n\t\tc;\n\t}',
    ],
    [
      'tabs where the document has spaces',
      'f {\n  a;\n  |',
      'if (b) {\n\t\tc;\n\t}',
      'if (b) {\n    c;\n  }',
    ],
    [
      'tabs where the document has four spaces',
      'f {\n    a;\n    |',
      'if (b) {\n\t\tc;',
      'if (b) {\n        c;',
    ],
    ['what the document has', 'f {\n  a;\n  |', 'if (b) {\n    c;\n  }', 'if (b) {\n    c;\n  }'],
    ['spaces that align behind tabs', 'f {\n\ta;\n\t|', 'g(a,\n\t  b);', 'g(a,\n\t  b);'],
    ['anything where the document tells nothing', 'f {|', '\n\ta;\n}', '\n\ta;\n}'],
    ['not the first line', 'f {\n\ta;\n|', '    }', '    }'],
  ];

  for (const [title, picture, text, left] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(text)}`, () => {
      assert.equal(applied(indentation, picture, text).text, left);
    });
  }
});
