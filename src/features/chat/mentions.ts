import { type Attached, attachLines } from '../../core/chat/attached.ts';
import { SLASH_COMMANDS } from '../../core/chat/slashCommands.ts';
import { WORKSPACE_MARK } from '../../core/chat/workspaceMark.ts';
import { isSecretFile } from '../../core/files/secretFiles.ts';
import type { CodeIndex } from '../../core/ports/codeIndex.ts';
import type { SourceTexts } from '../../core/ports/sourceTexts.ts';
import type { Completion } from '../../webview/messages.ts';
import type { OpenFile } from './chatEditor.ts';

const MOST_FILES = 8;
const MOST_SYMBOLS = 6;
/** Offers that can still be taken: those of some keys. */
const MOST_OFFERED = 200;

/** What is attached when an offer is taken; nothing for words alone. */
interface Place {
  readonly uri: string;
  readonly firstLine: number;
  /** Behind the last one; undefined for a whole file. */
  readonly endLine: number | undefined;
}

interface Offer {
  readonly label: string;
  readonly detail: string;
  readonly insert: string;
  readonly place?: Place;
}

export interface MentionSources {
  readonly index: CodeIndex;
  readonly texts: SourceTexts;
  /** The active one first. */
  readonly openFiles: () => readonly OpenFile[];
  readonly newId: () => string;
}

/** What the input box offers behind `/` and `@`, and what an offer that is taken attaches. */
export class Mentions {
  private readonly _sources: MentionSources;
  private readonly _offered = new Map</* completion */ string, Place>();

  constructor(sources: MentionSources) {
    this._sources = sources;
  }

  /** @throws {@link Cancelled} when `signal` aborts. */
  async offer(trigger: '/' | '@', query: string, signal: AbortSignal): Promise<readonly Completion[]> {
    const offers = trigger === '/' ? commands(query) : await this.names(query, signal);
    if (this._offered.size > MOST_OFFERED) this._offered.clear();
    return offers.map(({ place, ...offer }) => {
      const id = this._sources.newId();
      if (place) this._offered.set(id, place);
      return { id, ...offer };
    });
  }

  /** Undefined for an offer without a place, and for what must not enter prompts. */
  async take(completion: string, signal: AbortSignal): Promise<Attached | undefined> {
    const place = this._offered.get(completion);
    const source = place && (await this._sources.texts.read(place.uri, signal));
    return source && attachLines(this._sources.newId(), source, place.firstLine, place.endLine);
  }

  private async names(query: string, signal: AbortSignal): Promise<Offer[]> {
    const { index, openFiles } = this._sources;
    const wanted = query.toLowerCase();
    const open = openFiles().filter(({ path }) => path.toLowerCase().includes(wanted));
    const found = query === '' ? NOTHING : await index.lookUp(query, MOST_FILES, signal);
    const known = new Map([...open, ...found.files].map((file) => [file.uri, file]));
    const files = [...known.values()].filter(({ path }) => !isSecretFile(path)).slice(0, MOST_FILES);
    const symbols = found.symbols
      .slice(0, MOST_SYMBOLS)
      .map(({ uri, path, name, kind, firstLine, lastLine }): Offer => ({
        label: short(name),
        detail: short(`${kind} in ${path}`),
        insert: short(`@${name}`),
        place: { uri, firstLine, endLine: lastLine + 1 },
      }));
    return [
      ...(WORKSPACE_MARK.startsWith(`@${wanted}`) ? [WORKSPACE] : []),
      ...files.map(fileOffer),
      ...symbols,
    ];
  }
}

const NOTHING = { files: [], symbols: [] };

const WORKSPACE: Offer = {
  label: 'workspace',
  detail: 'Search the workspace for what the question is about',
  insert: WORKSPACE_MARK,
};

function commands(query: string): Offer[] {
  return SLASH_COMMANDS.filter(({ name }) => name.startsWith(query.toLowerCase())).map(({ name, what }) => ({
    label: `/${name}`,
    detail: what,
    insert: `/${name}`,
  }));
}

function fileOffer({ uri, path }: OpenFile): Offer {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    label: short(name),
    detail: short(path),
    insert: short(`@${name}`),
    place: { uri, firstLine: 0, endLine: undefined },
  };
}

/** The contract's bound. */
function short(label: string): string {
  return label.slice(0, 1_000);
}
