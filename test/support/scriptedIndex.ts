import { Emitter } from '../../src/base/emitter.ts';
import type {
  CodeIndex,
  CodeIndexState,
  Definition,
  DefinitionsQuery,
  Excerpt,
  NamedPlaces,
  Neighbours,
  SimilarQuery,
} from '../../src/core/ports/codeIndex.ts';

/** A {@link CodeIndex} that answers what the test wrote into it, and remembers what it was asked. */
export class ScriptedIndex implements CodeIndex {
  readonly state: CodeIndexState = { kind: 'ready', files: 1 };
  readonly onDidChangeState = new Emitter<CodeIndexState>().event;
  readonly asked: (DefinitionsQuery | SimilarQuery)[] = [];
  defined: Definition[] = [];
  similarTo: Excerpt[] = [];
  around: Neighbours = { imports: [], counterparts: [], siblings: [] };
  names: NamedPlaces = { files: [], symbols: [] };

  async definitions(query: DefinitionsQuery): Promise<readonly Definition[]> {
    this.asked.push(query);
    return this.defined.filter(({ name }) => query.names.includes(name)).slice(0, query.limit);
  }

  async similar(query: SimilarQuery): Promise<readonly Excerpt[]> {
    this.asked.push(query);
    return this.similarTo.slice(0, query.limit);
  }

  async neighbours(): Promise<Neighbours> {
    return this.around;
  }

  async lookUp(): Promise<NamedPlaces> {
    return this.names;
  }

  async text(): Promise<undefined> {
    return undefined;
  }
}

/** `export function name…` in `path`, as the index would find it. */
export function definition(name: string, path: string, body = 'return 1;'): Definition {
  const signature = `export function ${name}(): number`;
  const text = `${signature} {\n  ${body}\n}`;
  return { uri: uriOf(path), path, firstLine: 0, text, name, kind: 'function', signature };
}

export function uriOf(path: string): string {
  return `file:///${path}`;
}
