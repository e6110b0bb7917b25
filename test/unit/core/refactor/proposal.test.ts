import assert from 'node:assert/strict';
import { editsToDecide, editsToPropose, type LineEdit } from '../../../../src/core/refactor/lineEdits.ts';
import {
  decided,
  hunksOf,
  type Proposal,
  proposalOf,
  propose,
  proposeSoFar,
} from '../../../../src/core/refactor/proposal.ts';
import { textEdits } from '../../../../src/core/refactor/textEdits.ts';
import { DocumentInMemory } from '../../../support/documentInMemory.ts';
import { pictureOf, proposalOfPicture } from '../../../support/proposalPicture.ts';
import { seeded } from '../../../../src/base/seeded.ts';

const words = (text: string): string[] => (text === '' ? [] : text.split(' '));

describe('a proposal', () => {
  const rows: [name: string, original: string, answer: string, picture: string][] = [
    ['of nothing new', 'a b c', 'a b c', ' a  b  c'],
    ['of another line', 'a b c', 'a x c', ' a -b +x  c'],
    ['of a new line', 'a b', 'a x b', ' a +x  b'],
    ['of a line less', 'a b c', 'a c', ' a -b  c'],
    ['of all new lines', 'a b', 'x y z', '-a -b +x +y +z'],
    ['of two changes', 'a b c d e', 'x b c d y', '-a +x  b  c  d -e +y'],
    ['of changes around a brace', 'a } c', 'x } z', '-a -} -c +x +} +z'],
    ['of lines added around a brace', 'a } c', 'a x } y c', ' a +x  } +y  c'],
    ['in the place of nothing', '', 'a b', '+a +b'],
  ];
  for (const [name, original, answer, picture] of rows) {
    it(name, () =>
      assert.equal(pictureOf(propose(words(original), words(answer))).replaceAll('\n', ' '), picture),
    );
  }

  it('keeps white space at the end of lines that the model leaves out', () => {
    assert.equal(pictureOf(propose(['a  ', 'b'], ['a', 'c'])), ' a  \n-b\n+c');
  });

  it('of texts that have nothing in common is made at once', () => {
    const many = (name: string): string[] => Array.from({ length: 3_000 }, (_, index) => `${name}${index}`);
    const lines = propose(many('a'), many('b'));
    assert.equal(hunksOf({ firstLine: 0, lines }).length, 1);
    assert.equal(lines.length, 6_000);
  });

  describe('while the answer is written', () => {
    const rows: [original: string, answer: string, picture: string][] = [
      ['a b c d', '', '.a .b .c .d'],
      ['a b c d', 'a', ' a .b .c .d'],
      ['a b c d', 'a x', ' a -b +x .c .d'],
      ['a b c d', 'a x y', ' a -b -c +x +y .d'],
      ['a b c d', 'a x c', ' a -b +x  c .d'],
      ['a b', 'a x y z', ' a -b +x +y +z'],
      ['', 'a', '+a'],
    ];
    for (const [original, answer, picture] of rows) {
      it(`${original} becomes ${answer}`, () =>
        assert.equal(pictureOf(proposeSoFar(words(original), words(answer))).replaceAll('\n', ' '), picture));
    }

    it('does not take a brace at the far end for the one that was written', () => {
      const original = ['a {', '}', ...Array.from({ length: 30 }, (_, index) => `b${index}`), '  }'];
      assert.match(
        pictureOf(proposeSoFar(original, ['x {', '  }'])),
        /^-a \{\n-\}\n\+x \{\n\+ {2}\}\n(\..*\n?)+$/,
      );
    });
  });

  it('has runs of lines to decide on', () => {
    const proposal = proposalOfPicture(' a\n-b\n+x\n c\n+y', 10);
    assert.deepEqual(hunksOf(proposal), [
      { start: 11, end: 13 },
      { start: 14, end: 15 },
    ]);
    assert.equal(pictureOf(decided(proposal, { start: 11, end: 13 }, true).lines), ' a\n x\n c\n+y');
    assert.equal(pictureOf(decided(proposal, { start: 11, end: 13 }, false).lines), ' a\n b\n c\n+y');
  });
});

describe('a proposal in a document', () => {
  /** Somewhere in a document, original and answer of lines that come again and again. */
  function made(seed: number): {
    text: string;
    start: number;
    original: string[];
    answer: string[];
    eol: '\n' | '\r\n';
  } {
    const random = seeded(seed);
    const line = (): string =>
      ['a', 'b', '\tc', '  d', '}', '', 'ü€😀', '  '][Math.floor(random() * 8)] ?? '';
    const some = (most: number): string[] => Array.from({ length: Math.floor(random() * (most + 1)) }, line);
    const [before, original, after] = [some(3), [line(), ...some(8)], some(3)];
    const answer = [line(), ...original.filter(() => random() > 0.3).flatMap((each) => [each, ...some(1)])];
    const eol = random() < 0.5 ? '\n' : '\r\n';
    return {
      text: [...before, ...original, ...after].join(eol),
      start: before.length,
      original,
      answer,
      eol,
    };
  }

  function apply(document: DocumentInMemory, edits: readonly LineEdit[]): void {
    document.edit(textEdits(edits, document));
  }

  /** Written a line at a time, as by a model. */
  function written(seed: number): { document: DocumentInMemory; proposal: Proposal } {
    const { text, start, original, answer, eol } = made(seed);
    const document = new DocumentInMemory(text, eol);
    let proposal = proposalOf(start, original);
    for (let count = 1; count <= answer.length + 1; count++) {
      const lines =
        count > answer.length ? propose(original, answer) : proposeSoFar(original, answer.slice(0, count));
      apply(document, editsToPropose(proposal, lines));
      proposal = { firstLine: start, lines };
      const there = document.lines(start, start + lines.length);
      assert.deepEqual(
        there,
        lines.map((each) => each.text),
        `seed ${seed}`,
      );
    }
    return { document, proposal };
  }

  function whole({ firstLine, lines }: Proposal) {
    return { start: firstLine, end: firstLine + lines.length };
  }

  it('is the document as it was, to the byte, when all is rejected', () => {
    for (let seed = 0; seed < 400; seed++) {
      const { document, proposal } = written(seed);
      const { text } = made(seed);
      apply(document, editsToDecide(proposal, whole(proposal), false));
      assert.equal(document.text, text, `seed ${seed}`);
    }
  });

  it('is the text of the model, in the same place, when all is accepted', () => {
    for (let seed = 0; seed < 400; seed++) {
      const { document, proposal } = written(seed);
      const { text, start, original, answer } = made(seed);
      const before = text.split(/\r?\n/);
      const after = document.lines(start + proposal.lines.length, document.lineCount);
      apply(document, editsToDecide(proposal, whole(proposal), true));
      const lines = document.lines(0, document.lineCount);
      const wanted = [...before.slice(0, start), ...answer, ...after].map((line) => line.trimEnd());
      assert.deepEqual(
        lines.map((line) => line.trimEnd()),
        wanted,
        `seed ${seed}`,
      );
      assert.ok(original.length > 0);
    }
  });

  it('is decided on one by one, in any order, with the same result', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed + 1_000);
      const { document, proposal: first } = written(seed);
      let proposal = first;
      for (let hunks = hunksOf(proposal); hunks.length > 0; hunks = hunksOf(proposal)) {
        const hunk = hunks[Math.floor(random() * hunks.length)];
        assert.ok(hunk);
        const isAccepted = random() < 0.5;
        apply(document, editsToDecide(proposal, hunk, isAccepted));
        proposal = decided(proposal, hunk, isAccepted);
        const { firstLine, lines } = proposal;
        assert.deepEqual(
          document.lines(firstLine, firstLine + lines.length),
          lines.map((each) => each.text),
          `seed ${seed}`,
        );
      }
    }
  });
});
