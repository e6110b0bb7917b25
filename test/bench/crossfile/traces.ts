import { sleep } from '../../../src/base/abort.ts';
import type { Visit } from '../../../src/core/context/sources/visitedEditors.ts';
import { uriOf } from '../../support/scriptedIndex.ts';
import { type CrossLine, shuffled } from './crossLines.ts';
import { type Before, gather, type Place } from './places.ts';
import type { Repository } from './repository.ts';

const SCREEN_LINES = 40;
const VISITED_FILES = 2;

/** The index hears of unsaved text when it has come to rest. */
const UNTIL_KNOWN_MS = 800;

/**
 * The same line after three kinds of work. `renamed`: its name got a word more where it is defined, in text that nobody has
 * saved. `written`: the definition was typed just now. `elsewhere`: something else was, which has nothing to do with the
 * line. Then two files are looked at, of those that the file imports where there are such, and after work elsewhere any two.
 */
export async function gatherTraces(
  repository: Repository,
  line: CrossLine,
  random: () => number,
): Promise<Place[]> {
  const { texts, index } = repository;
  const { definition, name, path } = line;
  const uri = uriOf(definition.path);
  const text = texts.files.get(definition.path) ?? '';
  const edit = { uri, firstLine: definition.line, removedLineEnds: 0, addedLineEnds: 0 };
  const others = [...texts.files.keys()].filter((each) => each !== path && each !== definition.path);
  const { imports } = await index.neighbours(uriOf(path), new AbortController().signal);
  const read = shuffled(imports, random)
    .filter((each) => each !== uri)
    .slice(0, VISITED_FILES)
    .map((each) => visitOf(repository, each, random));
  const visits = [screen(uri, definition.line), ...read];

  const unchanged = (each: string): string => each;
  const written: Before = { trace: 'written', edits: [edit], visits, truth: unchanged };
  const [first, ...rest] = shuffled(others, random)
    .slice(0, VISITED_FILES + 1)
    .map(uriOf);
  const elsewhere: Visit[] = [first, ...rest].flatMap((each) =>
    each === undefined ? [] : [visitOf(repository, each, random)],
  );
  const place = elsewhere[0];
  const unrelated: Before = {
    trace: 'elsewhere',
    edits: place
      ? [{ uri: place.uri, firstLine: place.firstLine + 10, removedLineEnds: 0, addedLineEnds: 0 }]
      : [],
    visits: elsewhere,
    truth: unchanged,
  };
  const found = [
    await gather(repository, line, written, random),
    await gather(repository, line, unrelated, random),
  ];

  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
  const rename = (each: string): string => each.replace(word, () => longerName(name));
  const renamed: Before = { trace: 'renamed', edits: [edit], visits, truth: rename };
  // Renamed on import the line does not say the name.
  if (rename(line.truth) === line.truth) return found;
  texts.files.set(definition.path, rename(text));
  index.documentChanged(uri, () => rename(text));
  await sleep(UNTIL_KNOWN_MS);
  found.push(await gather(repository, line, renamed, random));
  texts.files.set(definition.path, text);
  index.documentChanged(uri, undefined);
  await sleep(UNTIL_KNOWN_MS);
  return found;
}

function visitOf({ texts }: Repository, uri: string, random: () => number): Visit {
  const path = [...texts.files.keys()].find((each) => uriOf(each) === uri) ?? '';
  const lines = (texts.files.get(path) ?? '').split('\n').length;
  return screen(uri, Math.floor(random() * lines));
}

function screen(uri: string, line: number): Visit {
  const firstLine = Math.max(0, line - SCREEN_LINES / 4);
  return { uri, firstLine, endLine: firstLine + SCREEN_LINES };
}

function longerName(name: string): string {
  if (/^[A-Z0-9_]+$/.test(name)) return `${name}_SCOPED`;
  return name.includes('_') || (/^[a-z0-9]+$/.test(name) && name.length < 4)
    ? `${name}_scoped`
    : `${name}Scoped`;
}
