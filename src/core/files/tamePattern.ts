/** More stars between two slashes than this, and a pattern can keep a regular expression busy for hours. */
const MOST_STARS = 3;
const LONGEST_PATTERN = 1_000;

/**
 * A line of an ignore file that matches quickly on any path. The files are the workspace's, and a pattern becomes a
 * regular expression whose time grows with the power of its stars: it is widened from the last allowed star to the next
 * slash, which excludes more than was asked. What only takes back an exclusion, or is too long, is left out instead.
 */
export function tamePattern(line: string): string {
  if (line.length > LONGEST_PATTERN) return '';
  const tamed = untilMostFolders(line.split('/'))
    .map((segment) => (segment === '**' ? segment : widened(segment)))
    .join('/');
  return line.startsWith('!') && tamed !== line ? '' : tamed;
}

/** `**` is a star over folders: the pattern ends with the last allowed one where there would be more. */
function untilMostFolders(segments: readonly string[]): readonly string[] {
  const wide = segments.flatMap((segment, at) => (segment === '**' ? [at] : []));
  return wide.length > MOST_STARS ? segments.slice(0, (wide[MOST_STARS - 1] ?? 0) + 1) : segments;
}

function widened(segment: string): string {
  let stars = 0;
  for (let at = 0; at < segment.length; at++) {
    if (segment[at] === '\\') at++;
    else if (segment[at] === '*' && ++stars === MOST_STARS) {
      return /\*/.test(segment.slice(at + 1)) ? segment.slice(0, at + 1) : segment;
    }
  }
  return segment;
}
