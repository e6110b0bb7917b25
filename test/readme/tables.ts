import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { PROJECT } from '../support/paths.ts';

const property = v.object({
  default: v.unknown(),
  scope: v.string(),
  description: v.optional(v.string()),
  markdownDescription: v.optional(v.string()),
});
const manifest = v.object({
  contributes: v.object({
    configuration: v.object({ properties: v.record(v.string(), property) }),
    commands: v.array(v.object({ command: v.string(), category: v.string(), title: v.string() })),
  }),
});

/** README with its settings and commands tables made anew from package.json and package.nls.json. */
export async function readmeWithTables(): Promise<{ now: string; wanted: string }> {
  const read = (name: string): Promise<string> => readFile(join(PROJECT, name), 'utf8');
  const { contributes } = v.parse(manifest, JSON.parse(await read('package.json')));
  const texts = v.parse(v.record(v.string(), v.string()), JSON.parse(await read('package.nls.json')));
  const text = (key: string | undefined): string => texts[(key ?? '').replaceAll('%', '')] ?? '';
  const settings = Object.entries(contributes.configuration.properties).map(
    ([name, { default: value, scope, description, markdownDescription }]) =>
      `| \`${name}\` | \`${JSON.stringify(value)}\` | ${scope} | ${text(markdownDescription ?? description)} |`,
  );
  const commands = contributes.commands.map(
    ({ command, category, title }) => `| ${category}: ${text(title)} | \`${command}\` |`,
  );
  const now = await read('README.md');
  const wanted = between(
    between(now, 'settings', ['| setting | default | scope | |', '|---|---|---|---|', ...settings]),
    'commands',
    ['| command | id |', '|---|---|', ...commands],
  );
  return { now, wanted };
}

function between(readme: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- ${name}: made by npm run readme -->`;
  const end = `<!-- end of ${name} -->`;
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no place for its ${name} table.`);
  return `${readme.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${readme.slice(to)}`;
}
