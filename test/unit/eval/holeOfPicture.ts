import type { Hole } from '../../eval/lines/hole.ts';

/** A hole drawn as a file with the middle between « and ». Its kind is told by where they stand. */
export function holeOfPicture(picture: string, fields: Partial<Hole> = {}): Hole {
  const [prefix, middle, suffix, ...more] = picture.split(/[«»]/);
  if (prefix === undefined || middle === undefined || suffix === undefined || more.length > 0) {
    throw new Error('The picture must have one « and one ».');
  }
  const isLineStart = /(^|\n)[ \t]*$/.test(prefix);
  const isLineEnd = suffix === '' || suffix.startsWith('\n');
  return {
    id: 'hole',
    language: 'typescript',
    kind: isLineEnd ? (isLineStart ? 'line' : 'end') : 'span',
    package: 'pack',
    path: 'src/file.ts',
    prefix,
    middle,
    suffix,
    ...fields,
  };
}
