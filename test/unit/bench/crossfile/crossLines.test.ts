import assert from 'node:assert/strict';
import { chooseLines } from '../../../bench/crossfile/crossLines.ts';
import { seeded } from '../../../../src/base/seeded.ts';

/** The cursor drawn as `|`, of every line that may be chosen. */
function chosen(files: Record<string, string>, seed = 1): string[] {
  return chooseLines(new Map(Object.entries(files)), 100, seeded(seed)).map(
    ({ path, offset, truth, name, definition }) => {
      const text = files[path] ?? '';
      const start = text.lastIndexOf('\n', offset - 1) + 1;
      return `${path}: ${text.slice(start, offset)}|${truth} (${name} of ${definition.path}:${definition.line})`;
    },
  );
}

describe('lines of a repository that use another file', () => {
  const shapes = 'export const none = 0;\nexport class Circle {}\n';

  it('are where an imported name stands first, at the line or at the name', () => {
    const use =
      "import { Circle } from './shapes';\n\nfunction draw() {\n  show(new Circle());\n  hide(new Circle());\n}\n";
    const found = new Set(
      Array.from({ length: 20 }, (_, seed) => seed).flatMap((seed) =>
        chosen({ 'shapes.ts': shapes, 'use.ts': use }, seed),
      ),
    );
    assert.deepEqual(
      found,
      new Set([
        'use.ts:   |show(new Circle()); (Circle of shapes.ts:1)',
        'use.ts:   show(new |Circle()); (Circle of shapes.ts:1)',
      ]),
    );
  });

  it('are not those of comments, strings, imports, properties and names that the file defines too', () => {
    const uses = [
      '// a Circle here\n',
      '/*\n Circle\n*/\n',
      'say("Circle");\n',
      'export { Circle };\nexport {\n  Circle,\n} from "./shapes";\n',
      'shape.Circle();\n',
      'class Circle {}\nnew Circle();\n',
      'interface Circle {}\nnew Circle();\n',
    ];
    for (const use of uses) {
      const text = `import { Circle } from './shapes';\n${use}`;
      const found = chosen({ 'shapes.ts': shapes, 'use.ts': text }).filter(
        (line) => !line.includes('export {'),
      );
      assert.deepEqual(found, [], use);
    }
  });

  it('need a definition in the repository', () => {
    assert.deepEqual(chosen({ 'use.ts': "import { Circle } from './shapes';\nnew Circle();\n" }), []);
    const fromLibrary = "import { Circle } from 'shapes';\nnew Circle();\n";
    assert.deepEqual(chosen({ 'shapes.ts': shapes, 'use.ts': fromLibrary }), []);
  });

  it('are found in Python, also below a list in brackets, and not in strings over several lines', () => {
    const use =
      'from .shapes import (\n    Circle,\n)\n\n\ndef draw():\n    """A\n    Circle.\n    """\n    Circle().show()\n';
    assert.deepEqual(chosen({ 'pkg/shapes.py': 'class Circle:\n    pass\n', 'pkg/use.py': use }), [
      'pkg/use.py:     |Circle().show() (Circle of pkg/shapes.py:0)',
    ]);
  });

  it('are the same for the same seed, and at most three of a file', () => {
    const names = ['One', 'Two', 'Six', 'Ten', 'Eleven'];
    const files = {
      'all.ts': names.map((name) => `export class ${name} {}\n`).join(''),
      'use.ts': `import { ${names.join(', ')} } from './all';\n${names.map((name) => `new ${name}();\n`).join('')}`,
    };
    assert.equal(chosen(files, 7).length, 3);
    assert.deepEqual(chosen(files, 7), chosen(files, 7));
  });
});
