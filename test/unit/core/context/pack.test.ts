import assert from 'node:assert/strict';
import { charsOf, pack as packWaiting, type Packing } from '../../../../src/core/context/pack.ts';
import type { Ranked } from '../../../../src/core/context/rank.ts';

/** So long that half of the room for a few of them is more than what is always filled. */
const EXCERPT_CHARS = 8_000;

/** Room for so many of the excerpts below; a first packing fills half of it. */
const room = (excerpts: number): number => excerpts * charsOf(ranked('a'));

describe('pack', () => {
  it('puts the most stable first, then the best', () => {
    const { shown, how } = pack(
      [],
      [ranked('e', 0), ranked('d1', 5), ranked('s', 2), ranked('d2', 5)],
      room(8),
    );
    assert.deepEqual(paths(shown), ['d1', 'd2', 's', 'e']);
    assert.equal(how, 'extended');
  });

  it('takes the best that fit into half of the room', () => {
    const { shown, noRoom } = pack([], [ranked('a'), ranked('b'), ranked('c'), ranked('d')], room(6));
    assert.deepEqual(paths(shown), ['a', 'b', 'c']);
    assert.deepEqual(paths(noRoom), ['d']);
  });

  it('fills all of a small room', () => {
    const short = ['a', 'b', 'c', 'd'].map((each) => ranked(each, 0, 'x'.repeat(900)));
    assert.deepEqual(paths(pack([], short, 4 * 908).shown), ['a', 'b', 'c', 'd']);
    assert.deepEqual(paths(pack([], short, 3 * 908).shown), ['a', 'b', 'c']);
  });

  it('shows the core of what has no room in full, and leaves it so when there is room', () => {
    const joined = { ...ranked('long'), core: ranked('long', 0, 'core').excerpt };
    const { shown, noRoom } = pack([], [ranked('a'), joined], room(3));
    assert.deepEqual(texts(shown), [ranked('a').excerpt.text, 'core']);
    assert.deepEqual(noRoom, []);
    assert.equal(pack(shown, [ranked('a'), joined], room(8)).how, 'same');
    assert.deepEqual(texts(pack([], [joined], room(8)).shown), [joined.excerpt.text]);
  });

  it('passes over what is too long, and takes what comes after it', () => {
    const { shown, noRoom } = pack(
      [],
      [ranked('a'), ranked('long', 0, 'x\n'.repeat(9_000)), ranked('b')],
      room(4),
    );
    assert.deepEqual(paths(shown), ['a', 'b']);
    assert.deepEqual(paths(noRoom), ['long']);
  });

  it('keeps order and bytes of what is shown when the order of scores changes', () => {
    const first = pack([], [ranked('a', 5), ranked('b', 5), ranked('c', 0)], room(8)).shown;
    const again = pack(first, [ranked('c', 0), ranked('b', 5), ranked('a', 5)], room(8));
    assert.deepEqual(again.shown, first);
    assert.equal(again.how, 'same');
  });

  it('appends what is new, and keeps what is no longer found while there is room', () => {
    const first = pack([], [ranked('a', 5), ranked('b', 0)], room(8)).shown;
    const again = pack(first, [ranked('new', 5), ranked('a', 5)], room(8));
    assert.deepEqual(paths(again.shown), ['a', 'b', 'new']);
    assert.equal(again.how, 'extended');
  });

  it('packs anew when the room is used up, and then again only after half of it', () => {
    let shown: readonly Ranked[] = [];
    const how: string[] = [];
    for (let step = 0; step < 40; step++) {
      // The best eight of places that move on by one each time.
      const found = Array.from({ length: 8 }, (_, index) => ranked(`f${step + 8 - index}`));
      const packing = pack(shown, found, room(16));
      how.push(packing.how);
      shown = packing.shown;
      const missing = paths(found).filter((each) => !paths(shown).includes(each));
      assert.deepEqual(missing, [], 'what is wanted is shown');
      assert.ok(shown.reduce((chars, each) => chars + charsOf(each), 0) <= room(16));
    }
    assert.equal(how.filter((each) => each === 'repacked').length, 4, how.join(' '));
  });

  it('keeps the beginning of what is still wanted when it packs anew', () => {
    const stable = [ranked('d1', 5), ranked('d2', 5)];
    const first = pack(
      [],
      [...stable, ranked('e1'), ranked('e2'), ranked('e3'), ranked('e4')],
      room(8),
    ).shown;
    const more = pack(
      first,
      ['g1', 'g2', 'g3', 'g4'].map((each) => ranked(each)),
      room(9),
    ).shown;
    const fresh = [ranked('f1'), ranked('f2')];
    const again = pack(more, [...fresh, ...stable.toReversed()], room(9));
    assert.equal(again.how, 'repacked');
    assert.deepEqual(paths(again.shown), ['d1', 'd2', 'f1', 'f2']);
  });

  describe('while the user stays in the file', () => {
    const first = pack([], [ranked('a'), ranked('b'), ranked('c'), ranked('d')], room(12)).shown;
    const stay = (found: readonly Ranked[]) =>
      packWaiting(first, found, { maxChars: room(12), newChars: Infinity }, true);

    it('leaves out what is little of what is wanted', () => {
      const packing = stay([ranked('new'), ranked('a'), ranked('b'), ranked('c')]);
      assert.deepEqual(packing.shown, first);
      assert.equal(packing.how, 'same');
      assert.deepEqual(paths(packing.waiting), ['new']);
    });

    it('takes in what is much of it', () => {
      const packing = stay([ranked('new1'), ranked('new2'), ranked('a'), ranked('b')]);
      assert.deepEqual(paths(packing.shown), ['a', 'b', 'c', 'd', 'new1', 'new2']);
      assert.deepEqual(packing.waiting, []);
    });

    it('shows no old version for longer', () => {
      assert.equal(stay([ranked('a', 0, 'newer'), ranked('b'), ranked('c'), ranked('d')]).how, 'extended');
    });

    it('gives up what there is no room for any more', () => {
      const packing = packWaiting(
        first,
        [ranked('a'), ranked('b')],
        { maxChars: room(3), newChars: Infinity },
        true,
      );
      assert.deepEqual(paths(packing.shown), ['a']);
    });
  });

  describe('with a model that cannot evaluate all of it in the pause', () => {
    const few = (shown: readonly Ranked[], found: readonly Ranked[], excerpts: number) =>
      packWaiting(shown, found, { maxChars: room(12), newChars: room(excerpts) }, false);

    it('takes in the best that it can, and the rest in later pauses', () => {
      const found = ['a', 'b', 'c', 'd'].map((path) => ranked(path));
      const first = few([], found, 2);
      assert.deepEqual(
        [paths(first.shown), paths(first.waiting)],
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
      );
      const second = few(first.shown, found, 1);
      assert.deepEqual([paths(second.shown), paths(second.waiting)], [['a', 'b', 'c'], ['d']]);
      assert.equal(few(second.shown, found, 0).how, 'same');
    });

    it('does not pack anew what it could not evaluate, but for what may stay no longer', () => {
      const first = ['a', 'b', 'c', 'd'].map((path) => ranked(path));
      const found = ['e', 'f', 'g', 'h'].map((path) => ranked(path));
      const tight = (shown: readonly Ranked[], newChars: number) =>
        packWaiting(shown, found, { maxChars: room(7), newChars }, false);
      assert.deepEqual(paths(tight(first, 0).shown), ['a', 'b', 'c', 'd']);
      assert.deepEqual(paths(tight([...first, ...found], 0).shown), []);
      assert.deepEqual(paths(tight([...first, ranked('x'), ranked('y')], room(2)).shown), ['e', 'f']);
    });
  });

  it('replaces what is shown in an old version', () => {
    const first = pack([], [ranked('a', 5), ranked('b', 0)], room(8)).shown;
    const again = pack(first, [ranked('a', 5, 'newer'), ranked('b', 0)], room(8));
    assert.deepEqual(
      again.shown.map(({ excerpt }) => excerpt.text),
      [ranked('b').excerpt.text, 'newer'],
    );
  });

  it('appends only the lines that are not shown yet', () => {
    const lines = (from: number, to: number): Ranked => {
      const text = Array.from({ length: to - from }, (_, index) => `line ${from + index}`).join('\n');
      return { ...ranked('a', 0, text), excerpt: { ...ranked('a', 0, text).excerpt, firstLine: from } };
    };
    const first = pack([], [lines(0, 8)], room(8)).shown;
    assert.deepEqual(pack(first, [lines(2, 6)], room(8)).shown, first);
    assert.deepEqual(pack(first, [lines(4, 12)], room(8)).shown, [...first, lines(8, 12)]);
  });
});

/** The user has just come to the file. */
function pack(shown: readonly Ranked[], found: readonly Ranked[], maxChars: number): Packing {
  return packWaiting(shown, found, { maxChars, newChars: Infinity }, false);
}

function ranked(path: string, stability = 0, text = `text of ${path}`.padEnd(EXCERPT_CHARS)): Ranked {
  const excerpt = { uri: `file:///${path}`, path: path.padEnd(4), firstLine: 0, text, isVerbatim: true };
  return { excerpt, stability, score: 1, sources: ['test'] };
}

function texts(shown: readonly Ranked[]): string[] {
  return shown.map(({ excerpt }) => excerpt.text);
}

function paths(shown: readonly Ranked[]): string[] {
  return shown.map(({ excerpt }) => excerpt.path.trimEnd());
}
