import { nullLog } from '../../../src/base/log.ts';
import { buildPrompt, type PromptContext, relatedRoom } from '../../../src/core/completion/prompt.ts';
import { MiddleStart } from '../../../src/core/completion/middleStart.ts';
import type { View } from '../../../src/core/completion/view.ts';
import { contextSources } from '../../../src/core/context/contextSources.ts';
import { Redactor } from '../../../src/core/context/redaction/redactor.ts';
import { RelatedContext } from '../../../src/core/context/relatedContext.ts';
import type { RelatedFiles } from '../../../src/core/context/relatedFiles.ts';
import { RecentEdits } from '../../../src/core/context/sources/recentEdits.ts';
import { VisitedEditors } from '../../../src/core/context/sources/visitedEditors.ts';
import { systemClock } from '../../../src/core/ports/clock.ts';
import { NO_LANGUAGE_SERVER } from '../../../src/core/ports/languageServer.ts';
import type { CodeIndex } from '../../../src/core/ports/codeIndex.ts';
import type { ReadyModel } from '../../../src/core/ports/model.ts';
import type { SourceTexts } from '../../../src/core/ports/sourceTexts.ts';
import { uriOf } from '../../support/scriptedIndex.ts';
import { TextsInMemory } from '../../support/textsInMemory.ts';
import { viewOfText } from '../../support/viewOfText.ts';
import { autoClosed } from './autoClosed.ts';
import { ByScore } from './byScore.ts';
import type { Counted, CountedLane } from './countedLane.ts';
import { PlainIndex } from './plainIndex.ts';

const NEVER = new AbortController().signal;

/** How far down in its file the user types. */
const PLACE = 0.85;
const SCREEN_LINES = 40;

/** Somebody who types what stands in a file anyway, and reads in between. */
export class Typist {
  /** Evaluated in pauses. */
  idleTokens = 0;
  private readonly _texts: TextsInMemory;
  private readonly _edits: RecentEdits;
  private readonly _visits: VisitedEditors;
  private readonly _related: RelatedFiles;
  private readonly _gathersAtEachKey: boolean;
  private readonly _redactor = new Redactor();
  private readonly _middleStart = new MiddleStart();
  private readonly _model: ReadyModel;
  private readonly _lane: CountedLane;
  private readonly _whole: ReadonlyMap</* path */ string, string>;

  constructor(
    files: ReadonlyMap<string, string>,
    model: ReadyModel,
    lane: CountedLane,
    packer: 'ours' | 'byScore',
    index?: CodeIndex,
  ) {
    this._whole = files;
    this._model = model;
    this._lane = lane;
    this._texts = new TextsInMemory(Object.fromEntries(files));
    const own = index ?? new PlainIndex([...files].map(([path, text]) => ({ uri: uriOf(path), path, text })));
    // As in the extension: what is open as it is, everything else from the index.
    const texts: SourceTexts = {
      read: async (uri, signal) => {
        const open = await this._texts.read(uri);
        const text = open ? undefined : await own.text(uri, signal);
        return open ?? (text === undefined ? undefined : { uri, path: uri.slice('file:///'.length), text });
      },
    };
    this._edits = new RecentEdits(texts);
    this._visits = new VisitedEditors(texts);
    const sources = contextSources({
      index: own,
      server: NO_LANGUAGE_SERVER,
      texts,
      edits: this._edits,
      visits: this._visits,
    });
    this._gathersAtEachKey = packer === 'byScore';
    this._related =
      packer === 'byScore'
        ? new ByScore(sources)
        : new RelatedContext({
            sources,
            texts,
            repository: () => 'bench',
            clock: systemClock,
            log: nullLog,
          });
  }

  /** The cursor rests, long enough for everything that is done then. */
  async pause(path: string, typedChars: number): Promise<void> {
    const view = this.view(path, typedChars);
    await this.gather(view);
    this.idleTokens += await this._lane.warmUp(buildPrompt(view, this._model, 1, this.context()));
  }

  /** The character before the cursor has just been typed. */
  async key(path: string, typedChars: number): Promise<Counted> {
    const view = this.view(path, typedChars);
    this._texts.files.set(path, view.prefix + view.suffix);
    const line = view.prefix.split('\n').length - 1;
    const addedLineEnds = view.prefix.endsWith('\n') ? 1 : 0;
    const firstLine = line - addedLineEnds;
    this._edits.edited({ uri: view.uri, firstLine, removedLineEnds: 0, addedLineEnds });
    this._visits.saw({ uri: view.uri, firstLine: Math.max(0, line - SCREEN_LINES), endLine: line + 1 });
    if (this._gathersAtEachKey) await this.gather(view);
    return this._lane.ask(buildPrompt(view, this._model, 1, this.context()));
  }

  private async gather(view: View): Promise<void> {
    const room = relatedRoom(view, this._model, Infinity, undefined);
    await this._related.refresh(view, room, NEVER);
  }

  private context(): PromptContext {
    return { related: this._related.part, redactor: this._redactor, middleStart: this._middleStart };
  }

  private view(path: string, typedChars: number): View {
    const text = this._whole.get(path) ?? '';
    const start = text.indexOf('\n', PLACE * text.length) + 1;
    const missing = 400 - typedChars;
    const typed = text.slice(start, start + typedChars);
    const closed = autoClosed(typed);
    const cut = text.slice(0, start) + typed + closed + text.slice(start + typedChars + missing);
    return viewOfText(cut, start + typedChars, { path, languageId: 'typescript' });
  }
}
