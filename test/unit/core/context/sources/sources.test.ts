import assert from 'node:assert/strict';
import type { ContextSource } from '../../../../../src/core/context/contextSource.ts';
import { contextSources } from '../../../../../src/core/context/contextSources.ts';
import { ImportedDefinitions } from '../../../../../src/core/context/sources/importedDefinitions.ts';
import { NearbyDefinitions } from '../../../../../src/core/context/sources/nearbyDefinitions.ts';
import { NeighbourFiles } from '../../../../../src/core/context/sources/neighbourFiles.ts';
import { RecentEdits } from '../../../../../src/core/context/sources/recentEdits.ts';
import { SimilarCode } from '../../../../../src/core/context/sources/similarCode.ts';
import { VisitedEditors } from '../../../../../src/core/context/sources/visitedEditors.ts';
import { ServerDefinitions } from '../../../../../src/core/context/sources/serverDefinitions.ts';
import { type DefinedAt, NO_LANGUAGE_SERVER } from '../../../../../src/core/ports/languageServer.ts';
import { definition, ScriptedIndex, uriOf } from '../../../../support/scriptedIndex.ts';
import { numbered, TextsInMemory } from '../../../../support/textsInMemory.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

const NEVER = new AbortController().signal;
const PLACE = viewOfPicture("import { tax } from './tax.ts';\nexport const sum = round(total + |);\n", {
  path: 'src/cart.ts',
  languageId: 'typescript',
});

describe('the sources', () => {
  let index: ScriptedIndex;
  let texts: TextsInMemory;

  beforeEach(() => {
    index = new ScriptedIndex();
    texts = new TextsInMemory({
      'a.ts': numbered(100, 'a'),
      'b.ts': numbered(20, 'b'),
      'src/cart.ts': 'own',
    });
  });

  /** `path first-end` of each answer. */
  async function found(source: ContextSource, place = PLACE): Promise<string[]> {
    const candidates = await source.find(place, NEVER);
    return candidates.map(
      ({ path, firstLine, text }) => `${path} ${firstLine}-${firstLine + text.split('\n').length}`,
    );
  }

  it('have names of their own', () => {
    const all = contextSources({
      index,
      server: NO_LANGUAGE_SERVER,
      texts,
      edits: new RecentEdits(texts),
      visits: new VisitedEditors(texts),
    });
    assert.equal(new Set(all.map(({ name }) => name)).size, 7);
  });

  describe('definitions', () => {
    beforeEach(() => {
      index.defined = [definition('tax', 'src/tax.ts'), definition('round', 'src/round.ts')];
    });

    it('of what is imported', async () => {
      assert.deepEqual(await found(new ImportedDefinitions(index)), ['src/tax.ts 0-3']);
    });

    it('of what is named around the cursor', async () => {
      const source = new NearbyDefinitions(index);
      assert.deepEqual(await found(source), ['src/tax.ts 0-3', 'src/round.ts 0-3']);
      const [query] = index.asked;
      assert.ok(query && 'names' in query && query.names[0] === 'total' && query.uri === PLACE.uri);
    });

    it('of nothing are not asked for', async () => {
      assert.deepEqual(await found(new NearbyDefinitions(index), viewOfPicture('x = |')), []);
      assert.deepEqual(await found(new ImportedDefinitions(index), viewOfPicture('total(|')), []);
      assert.deepEqual(index.asked, []);
    });

    it('that are long are shown by their signature', async () => {
      index.defined = [definition('tax', 'src/tax.ts', 'step();\n'.repeat(200))];
      const [long] = await new ImportedDefinitions(index).find(PLACE, NEVER);
      assert.equal(long?.text, 'export function tax(): number');
      assert.equal(long?.isVerbatim, false);
    });
  });

  describe('a language server', () => {
    let asked: string[];
    let answer: DefinedAt[];
    const server = {
      definitionsAt: async (_uri: string, line: number, character: number) => {
        asked.push(`${line}:${character}`);
        return answer;
      },
    };

    beforeEach(() => {
      asked = [];
      answer = [];
    });

    it('is asked for each name before the cursor, the nearest first, where it stands last', async () => {
      const place = viewOfPicture('const rate = 1;\nconst rates = 2;\nadd(rate, total|', {
        path: 'src/cart.ts',
        languageId: 'typescript',
      });
      await found(new ServerDefinitions(server, texts), place);
      assert.deepEqual(asked, ['2:10', '2:4', '2:0', '1:6']);
    });

    it('tells which lines to show: the definition, or a few from its name on', async () => {
      const place = viewOfPicture('total(|', { path: 'src/cart.ts', languageId: 'typescript' });
      answer = [
        { uri: uriOf('a.ts'), firstLine: 3, endLine: 9 },
        { uri: uriOf('b.ts'), firstLine: 18, endLine: undefined },
        { uri: uriOf('a.ts'), firstLine: 40, endLine: undefined },
        { uri: uriOf('src/cart.ts'), firstLine: 0, endLine: undefined },
        { uri: uriOf('ignored.ts'), firstLine: 0, endLine: 4 },
      ];
      const lines = await found(new ServerDefinitions(server, texts), place);
      assert.deepEqual(lines, ['a.ts 3-9', 'b.ts 18-20', 'a.ts 40-48']);
    });

    it('may tell of long ones, of which the beginning is shown', async () => {
      texts.files.set('long.ts', numbered(200, 'a line of some length'));
      answer = [{ uri: uriOf('long.ts'), firstLine: 0, endLine: 200 }];
      const place = viewOfPicture('total(|', { path: 'src/cart.ts', languageId: 'typescript' });
      const [long] = await new ServerDefinitions(server, texts).find(place, NEVER);
      assert.ok(long && long.text.length <= 800 && long.text.length > 700);
    });
  });

  it('similar code is found by the text around the cursor', async () => {
    index.similarTo = [{ uri: uriOf('a.ts'), path: 'a.ts', firstLine: 3, text: 'a 3\na 4' }];
    const long = viewOfPicture(`${'far\n'.repeat(2_000)}near(|);\nafter();\n${'far\n'.repeat(2_000)}`);
    assert.deepEqual(await found(new SimilarCode(index), long), ['a.ts 3-5']);
    const [query] = index.asked;
    assert.ok(
      query && 'text' in query && query.text.includes('near();\nafter();') && query.text.length <= 1_500,
    );
  });

  it('neighbour files are shown by their heads, the counterpart first, as many as are there', async () => {
    index.around = {
      imports: [],
      counterparts: [uriOf('b.ts'), uriOf('gone.ts')],
      siblings: [uriOf('a.ts')],
    };
    assert.deepEqual(await found(new NeighbourFiles(index, texts)), ['b.ts 0-20', 'a.ts 0-48']);
  });

  describe('recent edits', () => {
    let edits: RecentEdits;
    beforeEach(() => (edits = new RecentEdits(texts)));

    const edit = (path: string, firstLine: number, removedLineEnds = 0, addedLineEnds = 0): void =>
      edits.edited({ uri: uriOf(path), firstLine, removedLineEnds, addedLineEnds });

    it('are shown newest first, in blocks of lines, and not of the file itself', async () => {
      edit('a.ts', 70);
      edit('b.ts', 3);
      edit('src/cart.ts', 0);
      assert.deepEqual(await found(edits), ['b.ts 0-16', 'a.ts 64-80']);
    });

    it('close to each other are one place', async () => {
      for (let line = 20; line < 30; line++) edit('a.ts', line);
      assert.deepEqual(await found(edits), ['a.ts 16-32']);
    });

    it('move with the lines that are put in and taken out above them', async () => {
      edit('a.ts', 40);
      edit('a.ts', 5, 0, 20);
      assert.deepEqual(await found(edits), ['a.ts 0-32', 'a.ts 48-64']);
      edit('a.ts', 3, 22, 0);
      assert.deepEqual(await found(edits), ['a.ts 0-16', 'a.ts 32-48']);
    });

    it('are not moved by lines below them, nor in other files', async () => {
      edit('a.ts', 5);
      edit('a.ts', 60, 0, 30);
      edit('b.ts', 1, 0, 30);
      assert.ok((await found(edits)).includes('a.ts 0-16'));
    });

    it('are forgotten after twelve others', async () => {
      edit('b.ts', 0);
      for (let place = 0; place < 12; place++) edit('a.ts', place * 20);
      assert.ok(!(await found(edits)).some((each) => each.startsWith('b.ts')));
    });

    it('show the text as it is now, and nothing of a file that is gone', async () => {
      edit('b.ts', 0);
      texts.files.set('b.ts', 'new');
      assert.deepEqual(
        (await edits.find(PLACE, NEVER)).map(({ text }) => text),
        ['new'],
      );
      texts.files.delete('b.ts');
      assert.deepEqual(await found(edits), []);
    });
  });

  it('visited editors are shown where they were looked at, the last one first', async () => {
    const visits = new VisitedEditors(texts);
    visits.saw({ uri: uriOf('b.ts'), firstLine: 0, endLine: 20 });
    visits.saw({ uri: uriOf('a.ts'), firstLine: 0, endLine: 10 });
    visits.saw({ uri: uriOf('a.ts'), firstLine: 18, endLine: 95 });
    visits.saw({ uri: PLACE.uri, firstLine: 0, endLine: 1 });
    assert.deepEqual(await found(visits), ['a.ts 16-96', 'b.ts 0-20']);
  });
});
