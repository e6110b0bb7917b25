import assert from 'node:assert/strict';
import { namesIn, searchWorkspace } from '../../../../src/core/chat/workspaceSearch.ts';
import { hasWorkspaceMark, withoutWorkspaceMark } from '../../../../src/core/chat/workspaceMark.ts';
import { asked, attachment } from '../../../support/chat/turns.ts';
import { definition, ScriptedIndex, uriOf } from '../../../support/scriptedIndex.ts';

const { signal } = new AbortController();

describe('names in a question', () => {
  const rows: [text: string, all: boolean, names: string[]][] = [
    ['What does parseInvoice do?', false, ['parseInvoice']],
    ['What does `parse` do with max_size?', false, ['parse', 'max_size']],
    ['Who calls load(path) and Load()?', false, ['load', 'Load']],
    ['What does the total mean?', false, []],
    ['Where is the total?', true, ['Where', 'the', 'total']],
  ];
  for (const [text, all, names] of rows) {
    it(text, () => assert.deepEqual(namesIn(text, all), names));
  }
});

describe('a search of the workspace', () => {
  it('finds definitions of what is named, and no more', async () => {
    const index = new ScriptedIndex();
    index.defined = [definition('parseInvoice', 'src/invoice.ts')];
    index.similarTo = [{ uri: uriOf('b.ts'), path: 'b.ts', firstLine: 3, text: 'similar' }];
    const found = await searchWorkspace(index, asked('q', 'What does parseInvoice do?'), signal);
    assert.deepEqual(
      found.map(({ path }) => path),
      ['src/invoice.ts'],
    );
    assert.deepEqual(await searchWorkspace(index, asked('q', 'Why?'), signal), []);
  });

  it('with @workspace finds also what is like the question', async () => {
    const index = new ScriptedIndex();
    index.similarTo = [{ uri: uriOf('b.ts'), path: 'b.ts', firstLine: 3, text: 'invoice totals' }];
    const found = await searchWorkspace(index, asked('q', '@workspace where are totals?'), signal);
    assert.deepEqual(found, [{ path: 'b.ts', firstLine: 3, text: 'invoice totals' }]);
    const queries = index.asked.map((query) => ('text' in query ? query.text : query.names.join(' ')));
    assert.ok(queries.includes('where are totals?'), queries.join('; '));
  });

  it('shows nothing twice, no secret, and no more than there is room for', async () => {
    const index = new ScriptedIndex();
    const secret = 'ghp_' + 'a1B2c3D4e5'.repeat(4).slice(0, 36);
    const attached = [attachment('a.ts', 'line\n'.repeat(40))];
    index.similarTo = [
      { uri: uriOf('a.ts'), path: 'a.ts', firstLine: 3, text: 'line' },
      { uri: uriOf('b.ts'), path: 'b.ts', firstLine: 0, text: `key = '${secret}'` },
      { uri: uriOf('c.ts'), path: 'c.ts', firstLine: 0, text: 'x'.repeat(50_000) },
    ];
    const found = await searchWorkspace(index, asked('q', '@workspace', { attached }), signal);
    assert.deepEqual(
      found.map(({ path }) => path),
      ['b.ts'],
    );
    assert.ok(!found[0]?.text.includes(secret));
  });

  it('is asked for by a word of its own', () => {
    assert.equal(hasWorkspaceMark('@workspace, where?'), true);
    assert.equal(hasWorkspaceMark('in @workspace'), true);
    assert.equal(hasWorkspaceMark('@workspaces'), false);
    assert.equal(hasWorkspaceMark('a@workspace'), false);
    assert.equal(withoutWorkspaceMark('@workspace where?'), 'where?');
  });
});
