import assert from 'node:assert/strict';
import { Mentions } from '../../../../src/features/chat/mentions.ts';
import { ScriptedIndex, uriOf } from '../../../support/scriptedIndex.ts';
import { TextsInMemory } from '../../../support/textsInMemory.ts';

const { signal } = new AbortController();
const file = (path: string) => ({ uri: uriOf(path), path });

describe('what the input box offers', () => {
  let index: ScriptedIndex;
  let mentions: Mentions;
  let ids: number;
  const offered = async (trigger: '/' | '@', query: string): Promise<string[]> =>
    (await mentions.offer(trigger, query, signal)).map(({ label, detail }) => `${label} | ${detail}`);
  beforeEach(() => {
    index = new ScriptedIndex();
    ids = 0;
    mentions = new Mentions({
      index,
      texts: new TextsInMemory({ 'src/cart.ts': 'one\ntwo\nthree\n' }),
      openFiles: () => [file('src/open.ts'), file('README.md'), file('.env')],
      newId: () => `id${++ids}`,
    });
  });

  it('behind a slash are commands', async () => {
    assert.equal((await offered('/', '')).length, 5);
    assert.deepEqual(await offered('/', 'EX'), ['/explain | Say what the code does']);
    assert.deepEqual(await offered('/', 'explainer'), []);
  });

  it('behind an at sign are the workspace and open files, but none that holds secrets', async () => {
    assert.deepEqual(await offered('@', ''), [
      'workspace | Search the workspace for what the question is about',
      'open.ts | src/open.ts',
      'README.md | README.md',
    ]);
  });

  it('with a name are open files first, then others, then symbols, each once', async () => {
    index.names = {
      files: [file('src/open.ts'), file('lib/opener.ts'), file('open.pem')],
      symbols: [{ ...file('src/cart.ts'), name: 'openCart', kind: 'function', firstLine: 1, lastLine: 1 }],
    };
    assert.deepEqual(await offered('@', 'Open'), [
      'open.ts | src/open.ts',
      'opener.ts | lib/opener.ts',
      'openCart | function in src/cart.ts',
    ]);
  });

  it('become what is attached when they are taken', async () => {
    index.names = {
      files: [file('src/cart.ts'), file('kept/out.ts')],
      symbols: [{ ...file('src/cart.ts'), name: 'cart', kind: 'function', firstLine: 1, lastLine: 2 }],
    };
    const [whole, keptOut, symbol] = await mentions.offer('@', 'cart', signal);
    const taken = await Promise.all(
      [whole, keptOut, symbol].map((each) => mentions.take(each?.id ?? '', signal)),
    );
    assert.deepEqual(
      taken.map((each) => each?.text),
      ['one\ntwo\nthree', undefined, 'two\nthree'],
    );
    assert.equal(await mentions.take('unknown', signal), undefined);
  });
});
