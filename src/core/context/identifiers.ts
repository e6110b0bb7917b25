import type { View } from '../completion/view.ts';

const NEAR_LINES_BEFORE = 40;
const NEAR_LINES_AFTER = 10;

const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;
const IMPORT =
  /^\s*(?:import|from|use|using|include|require|export\b.*\bfrom)\b|^\s*#\s*include\b|\brequire\(/;

/** Words of the common languages that nobody defines. Others cost a look into the index and find nothing. */
const KEYWORDS = new Set(
  (
    'abstract and any async await bool boolean break case catch char class const constructor continue def default ' +
    'delete elif else end enum except export extends false final finally float fn for from func function get global ' +
    'if impl implements import include instanceof int interface is lambda let long match mod module mut namespace new ' +
    'nil none not null number object of package pass private protected pub public raise readonly require return self ' +
    'set short static string struct super switch then this throw throws trait true try type typeof undefined union ' +
    'unknown use using var void where while with yield None True False self'
  ).split(' '),
);

/** Names used around the cursor, each once, the closest before the cursor first. */
export function identifiersNear({ prefix, suffix }: View, limit: number): string[] {
  const before = namesIn(lastLines(prefix, NEAR_LINES_BEFORE)).reverse();
  const after = namesIn(suffix.split('\n', NEAR_LINES_AFTER).join('\n'));
  return [...new Set([...before, ...after])].slice(0, limit);
}

/** Names in the import statements above the cursor, in their order, each once. Those of modules are among them. */
export function importedNames({ prefix }: View, limit: number): string[] {
  const names = new Set<string>();
  let isOpen = false;
  for (const line of prefix.split('\n')) {
    if (isOpen || IMPORT.test(line)) {
      for (const name of namesIn(line.replace(/(['"]).*?\1/g, ''))) names.add(name);
      // A list in brackets goes on until they close.
      isOpen = isOpen ? !/[})]/.test(line) : /[{(][^})]*$/.test(line);
    }
    if (names.size >= limit) break;
  }
  return [...names].slice(0, limit);
}

function namesIn(text: string): string[] {
  return [...text.matchAll(IDENTIFIER)].map(([name]) => name).filter((name) => !KEYWORDS.has(name));
}

function lastLines(text: string, lines: number): string {
  let at = text.length;
  for (let line = 0; line < lines && at > 0; line++) at = text.lastIndexOf('\n', at - 1);
  return text.slice(Math.max(0, at));
}
