import assert from 'node:assert/strict';
import { askModel } from '../../eval/lines/askModel.ts';
import { NO_FIGURES } from '../../eval/lines/result.ts';
import { withoutSuffix } from '../../eval/lines/withoutSuffix.ts';
import { promptText, ScriptedModel } from '../../support/scriptedModel.ts';
import { holeOfPicture } from './holeOfPicture.ts';

describe('asking the model', () => {
  const hole = holeOfPicture('// sum\nconst sum = add(«a, b»);\n', { id: 'h' });

  it('gives the suggestion as the editor would place it, with the engine’s figures', async () => {
    const { generatedTokens, ...result } = await askModel(new ScriptedModel('a, b);'), hole);
    assert.ok(generatedTokens !== null && generatedTokens > 0);
    assert.deepEqual(result, {
      id: 'h',
      text: 'a, b);',
      replacedChars: 2,
      promptTokens: 100,
      reusedTokens: 90,
      firstTokenMs: 5,
      engineMs: 10,
      written: [
        ['a, b', 0],
        [');', 0],
      ],
    });
  });

  it('asks each time anew', async () => {
    const model = new ScriptedModel((_, index) => ({ text: ['a', 'b'][index] ?? '' }));
    assert.equal((await askModel(model, hole)).text, 'a');
    assert.equal((await askModel(model, hole)).text, 'b');
  });

  it('gives an empty text where the model has nothing to say', async () => {
    const result = await askModel(new ScriptedModel(''), hole);
    assert.equal(result.text, '');
    assert.equal(result.promptTokens, 100);
  });

  it('gives no figures where the gate let nothing through', async () => {
    const model = new ScriptedModel('a');
    const result = await askModel(model, holeOfPicture('b = «a»', { path: 'app/.env' }));
    assert.deepEqual(result, { id: 'hole', text: '', replacedChars: 0, ...NO_FIGURES });
    assert.equal(model.requests.length, 0);
  });

  it('shows the model both sides of the hole', async () => {
    const model = new ScriptedModel('a');
    await askModel(model, hole);
    assert.match(promptText(model.request.prompt), /⟦.*hole.*⟧\);\n⟦.*⟧const sum = add\($/);
  });

  it('without the suffix shows it the prefix only, and shapes with both', async () => {
    const model = new ScriptedModel('a, b);');
    const result = await askModel(withoutSuffix(model), hole);
    assert.equal(promptText(model.request.prompt), '// sum\nconst sum = add(');
    assert.deepEqual([result.text, result.replacedChars], ['a, b);', 2]);
  });
});
