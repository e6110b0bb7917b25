import assert from 'node:assert/strict';
import { NO_FIGURES } from '../../eval/lines/result.ts';
import { askModel } from '../../eval/lines/askModel.ts';
import { shapeWritten } from '../../eval/lines/shapeWritten.ts';
import { ScriptedModel } from '../../support/scriptedModel.ts';
import { holeOfPicture } from './holeOfPicture.ts';

describe('what another predictor wrote', () => {
  // The hole, what was written at it, what is suggested, how much of the line that goes over.
  const rows: [title: string, picture: string, written: string, text: string, replaced: number][] = [
    ['ends with its line', 'a = «1;»\nb', '2;\nc = 3;', '2;', 0],
    ['goes over closers it writes too', 'f(«a»);\n', 'b);\n', 'b);', 2],
    ['loses words that stand behind', 'f(«a», b);\n', 'c, b);', 'c', 0],
    ['is one line', 'x\n«if (a) {»\n  b();\n}\n', 'if (c) {\n  d();\n}\ne', 'if (c) {', 0],
    ['may be nothing', 'a = «1;»\n', '', '', 0],
    ['is nothing where it begins with a new line', 'a = «1;»\n', '\nb', '', 0],
    ['is nothing where it is what stands there', 'f(«a»);\n', ');', '', 0],
    ['is shown in a file that has not begun, because it is asked for', '«a»\n', 'b', 'b', 0],
  ];

  for (const [title, picture, written, text, replacedChars] of rows) {
    it(`${title}: ${JSON.stringify(picture)} + ${JSON.stringify(written)}`, async () => {
      const hole = holeOfPicture(picture);
      const result = shapeWritten(written, hole);
      assert.deepEqual(result, { id: 'hole', text, replacedChars, ...NO_FIGURES });
      const asked = await askModel(new ScriptedModel(written), hole);
      assert.deepEqual([asked.text, asked.replacedChars], [text, replacedChars], 'A model’s is no other.');
    });
  }
});
