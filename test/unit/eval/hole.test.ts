import assert from 'node:assert/strict';
import * as v from 'valibot';
import { Hole, viewOfHole } from '../../eval/lines/hole.ts';
import { holeOfPicture } from './holeOfPicture.ts';

describe('hole', () => {
  const rows: [picture: string, fields: Partial<Hole>, complaint: RegExp | undefined][] = [
    ['a\n  «b();»\nc', {}, undefined],
    ['«b();»', {}, undefined],
    ['a = f(«b»);', {}, undefined],
    ['a = «f(b);»\nc', {}, undefined],
    ['a = «f(b);»', {}, undefined],
    ['a\n«b\nc»\n', {}, /within one line/],
    ['a = « »;', {}, /something to predict/],
    ['a\r\n«b»\nc', {}, /must be LF/],
    ['a = «b»\n', { kind: 'line' }, /nothing but indentation/],
    ['  «a» = b\n', { kind: 'line' }, /Only behind a hole of kind "span"/],
    ['a = «b»;\n', { kind: 'end' }, /Only behind a hole of kind "span"/],
    ['«a»', { path: '' }, /length/],
  ];

  for (const [picture, fields, complaint] of rows) {
    it(`${JSON.stringify(picture)} as ${fields.kind ?? 'drawn'}: ${complaint?.source ?? 'fine'}`, () => {
      const parsed = v.safeParse(Hole, holeOfPicture(picture, fields));
      if (complaint === undefined) assert.ok(parsed.success);
      else assert.match(parsed.issues?.map(({ message }) => message).join('; ') ?? '', complaint);
    });
  }

  it('is a view of the file without its middle', () => {
    const view = viewOfHole(holeOfPicture('a = f(«b»);\n', { language: 'python', path: 'a/b.py' }));
    assert.deepEqual(
      { ...view },
      {
        uri: 'file:///a/b.py',
        path: 'a/b.py',
        languageId: 'python',
        offset: 6,
        prefix: 'a = f(',
        firstLine: 0,
        suffix: ');\n',
      },
    );
  });
});
