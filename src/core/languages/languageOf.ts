import type { BlockStyle, Language } from './language.ts';
import { LANGUAGE_ROWS } from './languageRows.ts';

/** A language that nobody has heard of is written like C: most are. */
const UNKNOWN: Language = {
  name: 'unknown',
  lineComments: [],
  blockComments: [],
  blocks: 'braces',
  quotes: `"'\``,
  prose: false,
};

/** What VS Code calls a file whose language it does not know. */
const NO_LANGUAGE = 'plaintext';

interface Known {
  readonly byId: ReadonlyMap</* VS Code's id */ string, Language>;
  readonly byFile: ReadonlyMap</* ending with its dot, or whole name, in lower case */ string, Language>;
  readonly names: readonly string[];
}

let known: Known | undefined;

/**
 * The language of a document: by VS Code's id, else by the name of its file, because a language that no installed
 * extension knows has the id of a plain text.
 */
export function languageOf({ languageId, path }: { languageId: string; path: string }): Language {
  const { byId, byFile } = (known ??= readRows());
  const named = byId.get(languageId.toLowerCase());
  if (named && languageId !== NO_LANGUAGE) return named;
  for (const ending of endingsOf(path.slice(path.lastIndexOf('/') + 1).toLowerCase())) {
    const found = byFile.get(ending);
    if (found) return found;
  }
  // Ids that are endings are how other tools name languages.
  return byFile.get(`.${languageId.toLowerCase()}`) ?? named ?? UNKNOWN;
}

/** The names of all languages that have a row. */
export function languageNames(): readonly string[] {
  return (known ??= readRows()).names;
}

/** The whole name, then each ending from the longest on. */
function endingsOf(name: string): string[] {
  const endings = [name];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) endings.push(name.slice(dot));
  return endings;
}

function readRows(): Known {
  const byId = new Map<string, Language>();
  const byFile = new Map<string, { rank: number; language: Language }>();
  const names: string[] = [];
  for (const row of LANGUAGE_ROWS) {
    const [name = '', blocks = '', comments = '', ids = '', files = '', flags = ''] = row.split('\t');
    const language = languageOfRow(name, blocks, comments, flags);
    names.push(name);
    for (const id of words(ids)) if (!byId.has(id)) byId.set(id, language);
    words(files).forEach((file, index) => {
      // Where several languages have an ending: the one VS Code gives it to, else the one that has it first.
      const rank = file.startsWith('!') ? -1 : index;
      const key = file.replace(/^!/, '').toLowerCase();
      const other = byFile.get(key);
      if (!other || rank < other.rank) byFile.set(key, { rank, language });
    });
  }
  return { byId, byFile: new Map([...byFile].map(([key, { language }]) => [key, language])), names };
}

function languageOfRow(name: string, blocks: string, comments: string, flags: string): Language {
  const marks = words(comments).map((mark) => mark.split('…'));
  return {
    name,
    lineComments: marks.flatMap(([mark, end]) => (mark && end === undefined ? [mark] : [])),
    blockComments: marks.flatMap(([open, close]) => (open && close ? [[open, close] as const] : [])),
    blocks: isBlockStyle(blocks) ? blocks : UNKNOWN.blocks,
    quotes: flags.includes('no-character-quotes') ? '"' : UNKNOWN.quotes,
    prose: flags.includes('prose'),
  };
}

function isBlockStyle(text: string): text is BlockStyle {
  return text === 'indentation' || text === 'braces' || text === 'keywords';
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
