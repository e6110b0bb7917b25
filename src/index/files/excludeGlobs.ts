/** What the braces of one glob may become at most: settings of a workspace are its author's. */
const MOST_ALTERNATIVES = 100;

/**
 * VS Code's globs of `files.exclude` and `search.exclude` as lines of a `.gitignore`: there a pattern without a slash
 * matches at any depth, and there are no braces.
 *
 * @param globs relative to a workspace folder.
 */
export function asIgnoreLines(globs: readonly string[]): string[] {
  return globs
    .flatMap((glob) => withoutBraces(glob))
    .map((glob) => (glob.startsWith('**/') ? glob : `/${glob}`));
}

/** `a.{b,c}` is `a.b` and `a.c`; the innermost braces first. */
function withoutBraces(glob: string): string[] {
  let globs = [glob];
  for (;;) {
    const next = globs.flatMap((each) => {
      const group = /^(.*)\{([^{}]*)\}(.*)$/s.exec(each);
      if (!group) return [each];
      const [, before = '', alternatives = '', after = ''] = group;
      return alternatives.split(',').map((alternative) => `${before}${alternative}${after}`);
    });
    if (next.length === globs.length && next.every((each, at) => each === globs[at])) return globs;
    if (next.length > MOST_ALTERNATIVES) return [];
    globs = next;
  }
}
