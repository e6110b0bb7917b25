import assert from 'node:assert/strict';
import { Healing } from '../../../src/engine/healing.ts';
import { END, ScriptedModel } from '../../support/scriptedBinding.ts';

const model = new ScriptedModel({ words: ['ret', 'return', 're', 'turn', 'x'] });

const token = (text: string): number => model.specialToken(text) ?? model.tokenize(text)[0] ?? -1;

describe('Healing', () => {
  const pictures: readonly [
    typed: string,
    candidates: readonly string[],
    chosen: string | undefined,
    beyond: string,
    remaining: string,
  ][] = [
    ['ret', ['return', 'ret'], 'return', 'urn', ''],
    ['ret', ['ret', 'return'], 'ret', '', ''],
    ['ret', ['x', 'return'], 'return', 'urn', ''],
    ['ret', ['re', 'return'], 'return', 'urn', ''],
    ['ret', ['re', 'x'], 're', '', 't'],
    ['ret', ['x', 'turn'], undefined, '', 'ret'],
    ['ret', [END, 'return'], 'return', 'urn', ''],
    ['ret', [], undefined, '', 'ret'],
  ];
  for (const [typed, candidates, chosen, beyond, remaining] of pictures) {
    it(`${typed}| with [${candidates.join(' ')}] takes ${chosen ?? 'none'}`, () => {
      const healing = new Healing(model, typed);
      const choice = healing.choose(candidates.map(token), []);
      assert.deepEqual(choice, chosen && { token: token(chosen), beyond });
      assert.equal(healing.remaining, remaining);
    });
  }

  it('goes on until the text is written', () => {
    const healing = new Healing(model, 'ret');
    healing.choose([token('re')], []);
    assert.deepEqual(healing.choose([token('x'), token('turn')], []), {
      token: token('turn'),
      beyond: 'urn',
    });
  });

  it('does not take half a character for the text it was asked for', () => {
    const [half = -1] = model.tokenize('é');
    assert.equal(new Healing(model, '\uFFFD').choose([half], []), undefined);
  });
});
