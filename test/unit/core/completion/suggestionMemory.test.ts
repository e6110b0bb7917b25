import assert from 'node:assert/strict';
import { Suggestion } from '../../../../src/core/completion/suggestion.ts';
import { SuggestionMemory } from '../../../../src/core/completion/suggestionMemory.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

describe('SuggestionMemory', () => {
  it('offers the newest that matches', () => {
    const memory = new SuggestionMemory();
    memory.add(suggestion('a|', 'bcd'));
    memory.add(suggestion('a|', 'bxy'));
    assert.equal(memory.find(viewOfPicture('ab|'))?.text, 'xy');
    assert.equal(memory.find(viewOfPicture('abc|'))?.text, 'd');
    assert.equal(memory.find(viewOfPicture('az|')), undefined);
  });

  it('still knows what was deleted and typed again', () => {
    const memory = new SuggestionMemory();
    memory.add(suggestion('foo|', '.bar'));
    for (const [now, left] of [
      ['foo.b|', 'ar'],
      ['foo.|', 'bar'],
      ['foo|', '.bar'],
      ['foo.b|', 'ar'],
    ] as const) {
      assert.equal(memory.find(viewOfPicture(now))?.text, left);
    }
  });

  it('forgets the oldest beyond 32', () => {
    const memory = new SuggestionMemory();
    for (let index = 0; index <= 32; index++) memory.add(suggestion(`line ${index}|`, ' end'));
    assert.equal(memory.find(viewOfPicture('line 0|')), undefined);
    assert.equal(memory.find(viewOfPicture('line 1|'))?.text, ' end');
    assert.equal(memory.find(viewOfPicture('line 32|'))?.text, ' end');
  });

  it('forgets everything when told', () => {
    const memory = new SuggestionMemory();
    memory.add(suggestion('a|', 'b'));
    memory.clear();
    assert.equal(memory.find(viewOfPicture('a|')), undefined);
  });
});

function suggestion(picture: string, text: string): Suggestion {
  return new Suggestion(viewOfPicture(picture), text);
}
