import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/engine/binding.ts';
import { Healing } from '../../../src/engine/healing.ts';
import { END, ScriptedModel } from '../../support/scriptedBinding.ts';

const model = new ScriptedModel({ words: ['ret', 'return', 're', 'turn', 'x'] });

const token = (text: string): number => model.specialToken(text) ?? model.tokenize(text)[0] ?? -1;
/** The second half as likely as the first, and so on, unless told. */
const candidates = (texts: readonly string[], probabilities: readonly number[] = []): Candidate[] =>
  texts.map((text, index) => ({
    token: token(text),
    probability: probabilities[index] ?? 2 ** -(index + 1),
  }));

describe('Healing', () => {
  const pictures: readonly [
    typed: string,
    texts: readonly string[],
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
  for (const [typed, texts, chosen, beyond, remaining] of pictures) {
    it(`${typed}| with [${texts.join(' ')}] takes ${chosen ?? 'none'}`, () => {
      const healing = new Healing(model, typed);
      const choice = healing.choose(candidates(texts), []);
      assert.deepEqual(
        choice && { ...choice, probability: 1 },
        chosen && { token: token(chosen), beyond, probability: 1 },
      );
      assert.equal(healing.remaining, remaining);
    });
  }

  it('goes on until the text is written', () => {
    const healing = new Healing(model, 'ret');
    healing.choose(candidates(['re']), []);
    assert.deepEqual(healing.choose(candidates(['x', 'turn']), []), {
      token: token('turn'),
      beyond: 'urn',
      probability: 1,
    });
  });

  describe('tells how likely its choice is, given what was typed', () => {
    const rows: readonly [texts: readonly string[], probabilities: readonly number[], probability: number][] =
      [
        [['x', 'return'], [0.9, 0.1], 1],
        [['x', 'return', 'ret'], [0.6, 0.3, 0.1], 0.75],
        [['x', 're', 'return'], [0.5, 0.2, 0.2], 0.5],
        [['return'], [0], 0],
      ];
    for (const [texts, probabilities, probability] of rows) {
      it(`ret| with [${texts.join(' ')}] of [${probabilities.join(' ')}]: ${probability}`, () => {
        const choice = new Healing(model, 'ret').choose(candidates(texts, probabilities), []);
        assert.ok(Math.abs((choice?.probability ?? NaN) - probability) < 1e-9, String(choice?.probability));
      });
    }

    it('without looking at those that cannot matter', () => {
      let looked = 0;
      function* list() {
        for (const each of candidates(['return', 'ret', 'x', 'turn'], [0.989, 0.001, 0.009, 0.001])) {
          looked++;
          yield each;
        }
      }
      new Healing(model, 'ret').choose(list(), []);
      assert.equal(looked, 2);
    });
  });

  it('passes over the likeliest that are whole, where another answer is wanted', () => {
    const whole = ['return', 'x', 'ret', 're'];
    const choose = (skip: number) => new Healing(model, 'ret').choose(candidates(whole), [], skip);
    assert.deepEqual(
      [0, 1, 2].map((skip) => choose(skip)?.beyond),
      ['urn', '', undefined],
    );
    assert.equal(new Healing(model, 'ret').choose(candidates(['re', 'r']), [], 1)?.beyond, '');
  });

  it('does not take half a character for the text it was asked for', () => {
    const [half = -1] = model.tokenize('é');
    assert.equal(new Healing(model, '\uFFFD').choose([{ token: half, probability: 1 }], []), undefined);
  });
});
