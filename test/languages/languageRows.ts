import * as linguist from 'linguist-languages';
import { IDS, NO_CHARACTER_QUOTES, OTHER_NAMES, PROSE, SYNTAX } from './syntax.ts';
import type { VscodeLanguage } from './vscodeLanguages.ts';

/**
 * A row for each language, in the form that src/core/languages/languageOf.ts reads: name, block style, comments, VS Code ids, file
 * endings and names, and flags, parted by tabs.
 */
export function languageRows(vscode: readonly VscodeLanguage[]): string[] {
  const rows = SYNTAX.flatMap(([comments, blocks, names]) =>
    names.split('|').map((name) => ({ name, blocks, comments })),
  ).sort((a, b) => (a.name < b.name ? -1 : 1));
  return rows.map(({ name, blocks, comments }) => {
    const { aliases, files } = inLinguist(name);
    const own = vscode.filter(({ id }) => (IDS[id] ?? id) === name || (!(id in IDS) && aliases.includes(id)));
    const extra = Object.keys(IDS).filter((id) => IDS[id] === name);
    // VS Code's own first: where a file ending means several languages, it says which.
    const ids = unique([...own.map(({ id }) => id), ...extra, ...aliases.filter((alias) => !(alias in IDS))]);
    const told = own.flatMap((each) => each.comments ?? []);
    const flags = [
      ...(PROSE.includes(name) ? ['prose'] : []),
      ...(NO_CHARACTER_QUOTES.includes(name) ? ['no-character-quotes'] : []),
    ];
    return [
      name,
      blocks,
      // VS Code names what it comments out with, which may be one way of several.
      comments === '' ? '' : unique([...told, ...comments.split(' ')]).join(' '),
      ids.join(' '),
      unique([...own.flatMap((each) => each.files.map((file) => `!${file}`)), ...files])
        .filter((file, _, all) => file.startsWith('!') || !all.includes(`!${file}`))
        .filter((file) => !file.includes(' '))
        .join(' '),
      flags.join(' '),
    ].join('\t');
  });
}

/** What is read of linguist's entries. */
interface LinguistLanguage {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly extensions?: readonly string[];
  readonly filenames?: readonly string[];
}

interface Known {
  /** Names in lower case. */
  readonly aliases: readonly string[];
  readonly files: readonly string[];
}

function inLinguist(name: string): Known {
  const other = OTHER_NAMES[name];
  const own = idsOf(name);
  if (other !== undefined && /^\./.test(other)) return { aliases: own, files: other.split(' ') };
  const wanted = (other ?? name).toLowerCase();
  const languages: readonly LinguistLanguage[] = Object.values(linguist);
  const found =
    languages.find((each) => each.name.toLowerCase() === wanted) ??
    languages.find((each) =>
      each.aliases?.some((alias) => [wanted, wanted.replaceAll(' ', '-')].includes(alias)),
    );
  if (!found) throw new Error(`linguist knows no ${other ?? name}.`);
  return {
    aliases: unique([
      ...own,
      ...idsOf(found.name),
      ...(found.aliases ?? []).map((each) => each.toLowerCase()),
    ]),
    files: [...(found.extensions ?? []), ...(found.filenames ?? [])],
  };
}

/** How extensions call the language whose name this is, in VS Code's habit. */
function idsOf(name: string): string[] {
  const lower = name.toLowerCase();
  return lower.includes(' ') ? [lower.replaceAll(' ', '-'), lower.replaceAll(' ', '')] : [lower];
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
