import assert from 'node:assert/strict';
import { SegmentStore } from '../../../src/engine/segmentStore.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';
import { ScriptedModel } from '../../support/scriptedBinding.ts';

const FIM = { specials: ['<pre>', '<suf>', '<mid>'] };

function store(options: ConstructorParameters<typeof ScriptedModel>[0] = {}, maxTokens?: number) {
  const model = new ScriptedModel(options);
  return { model, segments: new SegmentStore(model, maxTokens) };
}

describe('SegmentStore', () => {
  it('joins segments, special tokens and texts in order', () => {
    const { model, segments } = store(FIM);
    segments.add({ id: 'a', text: 'import x;' });
    const { tokens } = segments.tokens([
      { special: '<pre>' },
      { segment: 'a' },
      { text: 'let' },
      { special: '<suf>' },
    ]);
    assert.equal(tokens.map((token) => model.bytesOf(token)).join(''), '<pre>import x;let<suf>');
  });

  it('never reads special tokens out of user text', () => {
    const { model, segments } = store(FIM);
    segments.add({ id: 'a', text: '<pre>' });
    const { tokens } = segments.tokens([{ segment: 'a' }, { text: '<suf>' }]);
    assert.equal(tokens.length, '<pre><suf>'.length);
    assert.equal(model.detokenize(tokens), '<pre><suf>');
  });

  it('puts BOS first where the model asks for it', () => {
    const { model, segments } = store({ bos: '<bos>' });
    const { tokens, stableLength } = segments.tokens([{ text: 'a' }]);
    assert.deepEqual([...tokens], [model.bosToken, 'a'.charCodeAt(0)]);
    assert.equal(stableLength, 1);
  });

  it('counts as stable what stands before the first text', () => {
    const { segments } = store(FIM);
    segments.add({ id: 'a', text: '12345' });
    const stable = [{ special: '<pre>' }, { segment: 'a' }];
    assert.equal(segments.tokens([...stable, { text: 'x' }, { segment: 'a' }]).stableLength, 6);
    assert.equal(segments.tokens(stable).stableLength, 6);
    assert.equal(segments.tokens([{ text: 'x' }]).stableLength, 0);
  });

  it('counts the tokens of each part', () => {
    const { segments } = store({ ...FIM, bos: '<bos>' });
    segments.add({ id: 'a', text: '12345' });
    const parts = [{ special: '<pre>' }, { segment: 'a' }, { text: '' }, { text: 'xy' }];
    assert.deepEqual(segments.tokens(parts).partLengths, [1, 5, 0, 2]);
  });

  it('names every segment it does not know', () => {
    const { segments } = store();
    segments.add({ id: 'a', text: 'a' });
    assert.throws(
      () => segments.tokens([{ segment: 'a' }, { segment: 'b' }, { segment: 'c' }]),
      (error) =>
        error instanceof EngineError &&
        error.kind === 'unknown-segments' &&
        String(error.details.unknown) === 'b,c',
    );
  });

  it('refuses a special text that is not one token', () => {
    const { segments } = store(FIM);
    assert.throws(
      () => segments.tokens([{ special: '<nosuch>' }]),
      (error) => error instanceof EngineError && error.kind === 'bad-request',
    );
  });

  it('forgets the least recently used beyond its size', () => {
    const { segments } = store({}, 10);
    for (const id of ['a', 'b']) segments.add({ id, text: '12345' });
    segments.tokens([{ segment: 'a' }]);
    segments.add({ id: 'c', text: '12345' });
    segments.tokens([{ segment: 'c' }]);
    assert.doesNotThrow(() => segments.tokens([{ segment: 'a' }, { segment: 'c' }]));
    assert.throws(() => segments.tokens([{ segment: 'b' }]), { kind: 'unknown-segments' });
  });

  it('keeps what the prompt at hand needs, old or new, even where that alone is too much', () => {
    const { segments } = store({}, 10);
    segments.add({ id: 'old', text: '12345678' });
    segments.add({ id: 'new', text: '12345678' });
    const prompt = [{ segment: 'old' }, { segment: 'new' }];
    assert.equal(segments.tokens(prompt).tokens.length, 16);
    assert.equal(segments.tokens(prompt).tokens.length, 16);
  });

  it('tokenizes a segment once', () => {
    const { model, segments } = store();
    let calls = 0;
    const tokenize = model.tokenize.bind(model);
    model.tokenize = (text) => (calls++, tokenize(text));
    segments.add({ id: 'a', text: 'abc' });
    segments.add({ id: 'a', text: 'abc' });
    segments.tokens([{ segment: 'a' }]);
    assert.equal(calls, 1);
  });
});
