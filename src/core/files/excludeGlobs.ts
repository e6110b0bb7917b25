/** What the braces of one glob may become at most: settings of a workspace are its author's. */
const MOST_ALTERNATIVES = 100;

/**
 * VS Code's globs of `files.exclude` and `search.exclude` as lines of a `.gitignore`: there a pattern without a slash
 * matches at any depth, and there are no braces.
 *
 * @param globs relative to a workspace folder.
 */
export function asIgnoreLines(globs: readonly string[]): string[] {
  return globs.flatMap(withoutBraces).map((glob) => (glob.startsWith('**/') ? glob : `/${glob}`));
}

/** `a.{b,c}` is `a.b` and `a.c`; the innermost braces first. */
function withoutBraces(glob: string): string[] {
  let globs = [glob];
  while (globs.some((each) => BRACES.test(each))) {
    globs = [...new Set(globs.flatMap(withoutOneBrace))];
    if (globs.length > MOST_ALTERNATIVES) return [];
  }
  return globs;
}

const BRACES = /^(.*)\{([^{}]*)\}(.*)$/s;

function withoutOneBrace(glob: string): string[] {
  const group = BRACES.exec(glob);
  if (!group) return [glob];
  const [, before = '', alternatives = '', after = ''] = group;
  return alternatives.split(',').map((alternative) => `${before}${alternative}${after}`);
}
