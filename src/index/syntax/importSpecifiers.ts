import type { Grammar } from './grammars.ts';

/**
 * The modules that an import names, in the language's own writing.
 *
 * - Python: `from .a import b as c` is `.a.b` (where b is a module) and `.a`; `import a.b` is `a.b`.
 * - Rust: `crate::a::{b, c}` is `crate::a`.
 * - others: the path or name without its quotes.
 *
 * @param text of the node that the language's pattern captures as `@import`.
 */
export function importSpecifiers(grammar: Grammar, text: string): string[] {
  if (grammar === 'python') return pythonModules(text.replace(/#.*$/gm, '').replace(/\s+/g, ' '));
  if (grammar === 'rust') return [text.replace(/(::)?\{[^]*$| as .*$|::\*$/, '').trim()];
  return [text.replace(/^['"`<]|['"`>]$/g, '')];
}

function pythonModules(statement: string): string[] {
  const from = /^from ([.\w ]+?) import (.*)$/.exec(statement);
  if (!from) return namesOf(statement.replace(/^import /, ''));
  const module = (from[1] ?? '').replaceAll(' ', '');
  const names = namesOf(from[2] ?? '');
  const separator = module.endsWith('.') ? '' : '.';
  return [...names.filter((name) => name !== '*').map((name) => `${module}${separator}${name}`), module];
}

/** `(a as b, c)` is a and c. */
function namesOf(list: string): string[] {
  return list
    .replace(/[()]/g, '')
    .split(',')
    .map((name) => name.trim().replace(/ as .*$/, ''))
    .filter((name) => name !== '');
}
