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

  it('keeps offering what it has shown, until there is something newer', () => {
    const memory = new SuggestionMemory();
    memory.add(suggestion('a|', 'bcd'));
    memory.add(suggestion('a|', 'bxy'));
    assert.equal(memory.find(viewOfPicture('abc|'))?.text, 'd');
    assert.equal(memory.find(viewOfPicture('ab|'))?.text, 'cd');
    memory.add(suggestion('a|', 'b!'));
    assert.equal(memory.find(viewOfPicture('ab|'))?.text, '!');
  });

  it('finds a place again after edits further up, and not after those next to it', () => {
    const memory = new SuggestionMemory();
    const near = '// near\n'.repeat(60);
    memory.add(suggestion(`top\n${near}foo|\nend`, '.bar'));
    for (const [now, left] of [
      [`top\nmore\n${near}foo.|\nend`, 'bar'],
      [`${near}foo|\nend`, '.bar'],
      [`top\n${near}more\nfoo|\nend`, undefined],
      [`top\n${near}foo|\nmore\nend`, undefined],
    ] as const) {
      assert.equal(memory.find(viewOfPicture(now))?.text, left, now.slice(-20));
    }
  });

  it('finds one of several lines on each of them', () => {
    const memory = new SuggestionMemory();
    const lines = Array.from({ length: 12 }, (_, line) => `  line(${line});`);
    memory.add(suggestion('top\nf {|\n}', `\n${lines.join('\n')}`));
    for (let line = 0; line < lines.length; line++) {
      const picture = `top\nf {\n${lines.slice(0, line).join('\n')}${line > 0 ? '\n' : ''}  l|\n}`;
      assert.ok(memory.find(viewOfPicture(picture))?.text.startsWith(`ine(${line});`), picture);
    }
  });

  it('forgets the lines that were not used for longest, beyond 64, and the oldest of 8 on a line', () => {
    const memory = new SuggestionMemory();
    const line = (index: number): string => `${index};\nfoo|`;
    for (let index = 0; index < 64; index++) memory.add(suggestion(line(index), ' end'));
    assert.ok(memory.find(viewOfPicture(line(0))));
    memory.add(suggestion(line(64), ' end'));
    assert.deepEqual(
      [0, 1, 2, 64].map((index) => memory.find(viewOfPicture(line(index)))?.text),
      [' end', undefined, ' end', ' end'],
    );
    for (let index = 0; index < 9; index++) memory.add(suggestion(`foo${index}|`, ' end'));
    assert.deepEqual(
      [0, 1, 8].map((index) => memory.find(viewOfPicture(`foo${index}|`))?.text),
      [undefined, ' end', ' end'],
    );
  });

  describe('what was accepted and taken back', () => {
    let memory: SuggestionMemory;

    beforeEach(() => {
      memory = new SuggestionMemory();
      memory.add(suggestion('foo|', '.bar(a)'));
    });

    function changed(before: string, after: string, isDeletion = false): void {
      memory.changed(viewOfPicture(before), viewOfPicture(after), isDeletion);
    }

    it('is not offered again where it was, nor is another that begins with its line', () => {
      changed('foo|', 'foo.bar(a)|');
      assert.equal(memory.find(viewOfPicture('foo|')), undefined);
      assert.equal(memory.isTaken(viewOfPicture('foo|'), '.bar(a)\nmore'), true);
      assert.equal(memory.isTaken(viewOfPicture('foo|'), '.baz()'), false);
      assert.equal(memory.isTaken(viewOfPicture('foo;|'), '.bar(a)'), false);
    });

    it('is not offered while it is being deleted', () => {
      changed('foo|', 'foo.bar(a)|');
      changed('foo.bar(a)|', 'foo.bar(a|', true);
      assert.equal(memory.find(viewOfPicture('foo.bar(a|')), undefined);
    });

    it('is offered again to who begins to type it', () => {
      changed('foo|', 'foo.bar(a)|');
      changed('foo|', 'foo.|');
      assert.equal(memory.find(viewOfPicture('foo.|'))?.text, 'bar(a)');
    });

    it('is told from typing, key by key or a part at a time', () => {
      for (const [before, after] of [
        ['foo|', 'foo.bar|'],
        ['foo.bar|', 'foo.bar(|)'],
        ['foo.bar(|)', 'foo.bar(a|)'],
        ['foo.bar(a|', 'foo.bar(a)|'],
      ] as const) {
        changed(before, after);
        assert.equal(memory.find(viewOfPicture('foo|'))?.text, '.bar(a)', after);
      }
    });

    it('counts where it went over the rest of the line, whichever way the editor writes that', () => {
      for (const after of ['foo(ab)|', 'foo(ab|)']) {
        memory.clear();
        memory.add(suggestion('foo(|)', 'ab)'));
        changed('foo(|)', after);
        assert.equal(memory.find(viewOfPicture('foo(|)')), undefined, after);
      }
    });

    it('is offered again when the model is asked for it explicitly', () => {
      changed('foo|', 'foo.bar(a)|');
      memory.add(suggestion('foo|', '.bar(a)'));
      assert.equal(memory.find(viewOfPicture('foo|'))?.text, '.bar(a)');
    });
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
