import assert from 'node:assert/strict';
import { TokenText } from '../../../src/engine/tokenText.ts';
import { ScriptedModel } from '../../support/scriptedBinding.ts';

describe('TokenText', () => {
  const pictures: readonly [text: string, pieces: readonly string[]][] = [
    ['ab', ['a', 'b']],
    ['é', ['', 'é']],
    ['a€b', ['a', '', '', '€', 'b']],
    ['😀', ['', '', '', '😀']],
    ['éé', ['', 'é', '', 'é']],
  ];
  for (const [text, pieces] of pictures) {
    it(`${text} arrives as ${JSON.stringify(pieces)}`, () => {
      const model = new ScriptedModel();
      const tokenText = new TokenText(model, []);
      assert.deepEqual(
        model.tokenize(text).map((token) => tokenText.push(token)),
        pieces,
      );
    });
  }

  it('gives up on bytes that never become a character', () => {
    const tokenText = new TokenText(new ScriptedModel(), []);
    const text = [0xff, 0xff, 0xff, 0xff].map((byte) => tokenText.push(byte)).join('');
    assert.equal(text, '\uFFFD'.repeat(4));
    assert.equal(tokenText.push('a'.charCodeAt(0)), 'a');
  });

  it('tells the detokenizer what stood before', () => {
    const model = new ScriptedModel();
    const seen: (readonly number[])[] = [];
    const detokenize = model.detokenize.bind(model);
    const spy = Object.assign(model, {
      detokenize: (tokens: readonly number[], before: readonly number[]) => (
        seen.push(before),
        detokenize(tokens)
      ),
    });
    const tokenText = new TokenText(spy, [1, 2, 3, 4, 5]);
    tokenText.push(65);
    tokenText.push(66);
    assert.deepEqual(seen, [
      [2, 3, 4, 5],
      [3, 4, 5, 65],
    ]);
  });
});
