import { Emitter } from '../../../src/base/emitter.ts';
import type {
  CodeIndex,
  CodeIndexState,
  Definition,
  DefinitionsQuery,
  Excerpt,
  NamedPlaces,
  Neighbours,
  SimilarQuery,
} from '../../../src/core/ports/codeIndex.ts';
import type { SourceText } from '../../../src/core/ports/sourceTexts.ts';

const WINDOW_LINES = 24;
const EXPORT = /^export (?:abstract |async )?(?:function|class|interface|type|const) (\w+)/;

/** Stands in for the index process: exports by a regular expression, similar windows by shared words. */
export class PlainIndex implements CodeIndex {
  readonly state: CodeIndexState = { kind: 'ready', files: 0 };
  readonly onDidChangeState = new Emitter<CodeIndexState>().event;
  private readonly _definitions: Definition[];
  private readonly _windows: (Excerpt & { words: ReadonlySet<string> })[];
  private readonly _files: readonly SourceText[];

  constructor(files: readonly SourceText[]) {
    this._files = files;
    this._definitions = files.flatMap(definitionsOf);
    this._windows = files.flatMap(windowsOf);
  }

  async definitions({ names, uri, limit }: DefinitionsQuery): Promise<readonly Definition[]> {
    const found = names.flatMap((name) =>
      this._definitions.filter((each) => each.name === name && each.uri !== uri),
    );
    return found.slice(0, limit);
  }

  async similar({ text, uri, limit }: SimilarQuery): Promise<readonly Excerpt[]> {
    const words = wordsOf(text);
    return this._windows
      .filter((each) => each.uri !== uri)
      .map((each) => ({ each, score: jaccard(words, each.words) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ each: { uri, path, firstLine, text } }) => ({ uri, path, firstLine, text }));
  }

  async neighbours(uri: string): Promise<Neighbours> {
    const folder = uri.slice(0, uri.lastIndexOf('/'));
    const siblings = this._files.filter((each) => each.uri !== uri && each.uri.startsWith(`${folder}/`));
    return { imports: [], counterparts: [], siblings: siblings.map((each) => each.uri) };
  }

  async lookUp(): Promise<NamedPlaces> {
    return { files: [], symbols: [] };
  }

  async text(uri: string): Promise<string | undefined> {
    return this._files.find((each) => each.uri === uri)?.text;
  }
}

function definitionsOf({ uri, path, text }: SourceText): Definition[] {
  const lines = text.split('\n');
  return lines.flatMap((line, firstLine) => {
    const name = EXPORT.exec(line)?.[1];
    if (name === undefined) return [];
    const end = lines.findIndex((each, index) => index >= firstLine && /^[})]/.test(each));
    const whole = lines.slice(firstLine, end < 0 ? firstLine + 1 : end + 1).join('\n');
    return [{ uri, path, firstLine, text: whole, name, kind: 'function', signature: line }];
  });
}

function windowsOf({ uri, path, text }: SourceText) {
  const lines = text.split('\n');
  const starts = Array.from({ length: Math.ceil(lines.length / WINDOW_LINES) }, (_, at) => at * WINDOW_LINES);
  return starts.map((firstLine) => {
    const window = lines.slice(firstLine, firstLine + WINDOW_LINES).join('\n');
    return { uri, path, firstLine, text: window, words: wordsOf(window) };
  });
}

function wordsOf(text: string): Set<string> {
  return new Set(text.match(/\w{4,}/g) ?? []);
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  return shared / (one.size + other.size - shared || 1);
}
