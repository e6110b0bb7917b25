import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import * as v from 'valibot';
import { ensureServer } from '../vscode/installServer.ts';

/** A language as VS Code's own extensions contribute it. */
export interface VscodeLanguage {
  readonly id: string;
  /** Endings with their dot, and whole file names. */
  readonly files: readonly string[];
  /** A line comment as its mark, a block comment as `open…close`; undefined where VS Code says nothing. */
  readonly comments: readonly string[] | undefined;
}

const Manifest = v.object({
  contributes: v.optional(
    v.object({
      languages: v.optional(
        v.array(
          v.object({
            id: v.string(),
            extensions: v.optional(v.array(v.string()), []),
            filenames: v.optional(v.array(v.string()), []),
            configuration: v.optional(v.string()),
          }),
        ),
      ),
    }),
  ),
});

const Configuration = v.object({
  comments: v.optional(
    v.object({
      lineComment: v.optional(v.union([v.string(), v.object({ comment: v.string() })])),
      blockComment: v.optional(v.tuple([v.string(), v.string()])),
    }),
  ),
});

/** The languages of the VS Code that the tests run in. */
export async function readVscodeLanguages(): Promise<VscodeLanguage[]> {
  const { serverMain } = await ensureServer((line) => process.stderr.write(`${line}\n`));
  const extensions = join(dirname(serverMain), '..', 'extensions');
  const languages: VscodeLanguage[] = [];
  for (const name of (await readdir(extensions)).sort()) {
    const manifest = await readJsonc(join(extensions, name, 'package.json'));
    if (manifest === undefined) continue;
    for (const language of v.parse(Manifest, manifest).contributes?.languages ?? []) {
      languages.push({
        id: language.id,
        files: [...language.extensions, ...language.filenames],
        comments:
          language.configuration === undefined
            ? undefined
            : await readComments(join(extensions, name, language.configuration)),
      });
    }
  }
  return languages;
}

async function readComments(path: string): Promise<string[] | undefined> {
  const { comments } = v.parse(Configuration, (await readJsonc(path)) ?? {});
  if (!comments) return undefined;
  const { lineComment: line, blockComment: block } = comments;
  const mark = (typeof line === 'string' ? line : line?.comment)?.trim();
  const found = mark ? [mark] : [];
  // A block comment that ends with a space is a line comment in other words.
  if (block && block[1].trim() !== '') found.push(block.map((part) => part.trim()).join('…'));
  return found;
}

/** @returns undefined where there is no such file. */
async function readJsonc(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : ts.parseConfigFileTextToJson(path, text).config;
}
