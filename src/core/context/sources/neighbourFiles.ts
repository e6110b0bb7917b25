import type { View } from '../../completion/view.ts';
import type { CodeIndex } from '../../ports/codeIndex.ts';
import type { SourceTexts } from '../../ports/sourceTexts.ts';
import type { Candidate, ContextSource } from '../contextSource.ts';
import { blocksAround } from '../excerptLines.ts';

const MAX_COUNTERPARTS = 2;
const MAX_SIBLINGS = 2;

/** How a file of the kind begins: its imports and first definitions. */
const HEAD_LINES = 48;

/** The file's test, or what it tests, then files of the same folder: how things are done here. */
export class NeighbourFiles implements ContextSource {
  readonly name = 'neighbour files';
  readonly weight = 0.7;
  readonly stability = 4;
  private readonly _index: CodeIndex;
  private readonly _texts: SourceTexts;

  constructor(index: CodeIndex, texts: SourceTexts) {
    this._index = index;
    this._texts = texts;
  }

  async find({ uri }: View, signal: AbortSignal): Promise<readonly Candidate[]> {
    const { counterparts, siblings } = await this._index.neighbours(uri, signal);
    const uris = [...counterparts.slice(0, MAX_COUNTERPARTS), ...siblings.slice(0, MAX_SIBLINGS)];
    const files = await Promise.all(uris.map((each) => this._texts.read(each, signal)));
    return files.flatMap((file) => (file ? [blocksAround(file, 0, HEAD_LINES)] : []));
  }
}
