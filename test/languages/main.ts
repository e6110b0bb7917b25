import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { PROJECT } from '../support/paths.ts';
import { languageRows } from './languageRows.ts';
import { readVscodeLanguages } from './vscodeLanguages.ts';

/** `npm run languages`: writes the table of languages from linguist, VS Code's own ones, and what neither tells. */
const rows = languageRows(await readVscodeLanguages());
const source = `/**
 * Made by \`npm run languages\`; edit test/languages/syntax.ts. A language each: name, block style, comments, VS Code ids,
 * file endings and names (those that VS Code itself gives it behind a !), flags.
 */
export const LANGUAGE_ROWS: readonly string[] = ${JSON.stringify(rows)};
`;
await writeFile(
  join(PROJECT, 'src/core/languages/languageRows.ts'),
  await format(source, { parser: 'typescript', printWidth: 110, singleQuote: true, trailingComma: 'all' }),
);
