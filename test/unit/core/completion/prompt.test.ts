import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { FIM_FORMATS } from '../../../../src/core/completion/fimFormats.ts';
import {
  buildPrompt as build,
  redactAhead,
  prefixWindowChars,
  type PromptContext,
  relatedRoom,
} from '../../../../src/core/completion/prompt.ts';
import { MiddleStart } from '../../../../src/core/completion/middleStart.ts';
import type { View } from '../../../../src/core/completion/view.ts';
import { Redactor } from '../../../../src/core/context/redaction/redactor.ts';
import { NO_RELATED, type RelatedPart } from '../../../../src/core/context/relatedPart.ts';
import type { Prompt, PromptPiece, ReadyModel } from '../../../../src/core/ports/model.ts';
import { tuningOf } from '../../../../src/core/models/tuning.ts';
import { promptText, READY } from '../../../support/scriptedModel.ts';
import { viewOfPicture, viewOfText } from '../../../support/viewOfText.ts';

/** The file alone, at the first key. */
function alone(): PromptContext {
  return { related: NO_RELATED, redactor: new Redactor(), middleStart: new MiddleStart() };
}

const PREFIX_ONLY: ReadyModel = { ...READY, format: undefined };
const FILE = { path: 'src/a.ts' };

describe('buildPrompt', () => {
  it('writes a DeepSeek prompt: prefix, hole, suffix, and what is typed of the line in the middle', () => {
    assert.deepEqual(buildPrompt(viewOfPicture('a();\nlet b = |;\nc();\n'), READY, 1), {
      pieces: [
        { special: '<｜fim▁begin｜>' },
        { segment: 'a();\n', leadingSpace: false },
        { special: '<｜fim▁hole｜>' },
        { segment: ';\nc();\n', leadingSpace: false },
        { special: '<｜fim▁end｜>' },
        { text: 'let b =', leadingSpace: false },
      ],
      heal: ' ',
    });
  });

  it('has a word healed in the middle, be it all of the middle', () => {
    const { pieces, heal } = buildPrompt(viewOfPicture('a();\nret|\n'), READY, 1);
    assert.deepEqual(pieces.at(-1), { special: '<｜fim▁end｜>' });
    assert.equal(heal, 'ret');
  });

  it('makes segments of every 32 lines, and text of the rest', () => {
    const { pieces } = buildPrompt(viewOfPicture(`${lines(0, 70)}7|`), PREFIX_ONLY, 1);
    assert.deepEqual(pieces, [
      { segment: lines(0, 32), leadingSpace: true },
      { segment: lines(32, 64), leadingSpace: false },
      { text: `${lines(64, 70)}7`, leadingSpace: false },
    ]);
  });

  it('writes the prefix alone for a model that only continues, and has its last word healed', () => {
    assert.deepEqual(buildPrompt(viewOfPicture('let a = fo|o;'), PREFIX_ONLY, 1), {
      pieces: [{ text: 'let a =', leadingSpace: true }],
      heal: ' fo',
    });
    assert.deepEqual(buildPrompt(viewOfPicture('|a'), PREFIX_ONLY, 1), { pieces: [], heal: '' });
  });

  it('puts the suffix first where the format does, and keeps it as a segment', () => {
    const { pieces, heal } = buildPrompt(viewOfPicture('a = |;\n', FILE_TS), ready('mellum'), 1);
    assert.deepEqual(pieces, [
      { special: '<filename>' },
      { segment: 'src/a.ts\n', leadingSpace: false },
      { special: '<fim_suffix>' },
      { segment: ';\n', leadingSpace: false },
      { special: '<fim_prefix>' },
      { special: '<fim_middle>' },
      { text: 'a =', leadingSpace: false },
    ]);
    assert.equal(heal, ' ');
  });

  it('has the last word healed where no marker stands behind the prefix', () => {
    const { pieces, heal } = buildPrompt(viewOfPicture('a = fo|;\n'), ready('codestral'), 1);
    assert.deepEqual(pieces.at(-1), { text: 'a =', leadingSpace: true });
    assert.equal(heal, ' fo');
  });

  it('heals no part of what stands for a secret', () => {
    const key = `ghp_${'aBcDeF'.repeat(6)}`;
    const { pieces, heal } = buildPrompt(viewOfPicture(`token = ${key}|\n`), PREFIX_ONLY, 1);
    assert.equal(heal, '');
    assert.equal(JSON.stringify(pieces).includes('aBcDeF'), false);
  });

  it('cuts the suffix at a line end', () => {
    const suffix = `;\n${lines(0, 60)}`;
    const written = suffixOf(buildPrompt(viewOfText(`a = ${suffix}`, 4, FILE), READY, 1));
    assert.ok(suffix.startsWith(written) && written.endsWith('\n'));
    assert.ok(written.length > 280 && written.length <= 320, `${written.length}`);
  });

  it('is looked through for secrets ahead, in steps, and then finds them known', () => {
    const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
    const text = `${lines(0, 4_000)}\nconst token = '${secret}';\n${lines(0, 40)}`;
    const view = viewOfText(text, text.length, FILE);
    const large = { ...READY, contextTokens: 32_768 };
    const redactor = new Redactor();
    const block = mock.method(redactor, 'block');
    const steps = [...redactAhead(view, large, { ...alone(), redactor })].length;
    const seen = block.mock.calls.map(({ arguments: [each] }) => each);
    assert.ok(steps > 1 && seen.join('').includes(secret), `${steps}, ${seen.length}`);
    block.mock.resetCalls();
    build(view, large, 1, { ...alone(), redactor });
    const anew = block.mock.calls.filter(({ arguments: [each] }) => !seen.includes(each));
    assert.ok(block.mock.callCount() > 4 && anew.length <= 1, `${anew.length} of ${block.mock.callCount()}`);
  });

  it('takes as much of the suffix as is asked for, and no more than half of the prompt', () => {
    const suffix = `;\n${lines(0, 4_000)}`;
    const small = { ...READY, contextTokens: 1_024 };
    const written = (model: ReadyModel, suffixChars: number): number =>
      suffixOf(buildPrompt(viewOfText(`a = ${suffix}`, 4, FILE), withSuffix(model, suffixChars), 1)).length;
    assert.ok(written(READY, 1_200) > 1_160 && written(READY, 1_200) <= 1_200);
    const half = ((small.contextTokens - 208) * 2.6) / 2;
    assert.ok(written(small, 50_000) > half - 40 && written(small, 50_000) <= half);
  });

  function withSuffix(model: ReadyModel, chars: number): ReadyModel {
    const untimed = tuningOf(undefined, { threads: 0, contextTokens: 0, contextIsSet: false });
    return { ...model, tuning: { ...untimed, suffixChars: { value: chars, why: 'measured' } } };
  }

  it('cuts a suffix of one long line where it must', () => {
    const written = suffixOf(buildPrompt(viewOfText(`a = ${'x'.repeat(900)}`, 4, FILE), READY, 1));
    assert.equal(written, 'x'.repeat(320));
    const ended = suffixOf(buildPrompt(viewOfText(`a = ${'x'.repeat(320)}\ny`, 4, FILE), READY, 1));
    assert.equal(ended, 'x'.repeat(320));
  });

  for (const contextTokens of [256, 1024, 2048, 8192]) {
    for (const scale of [1, 0.5, 0]) {
      it(`keeps within ${contextTokens} tokens, scaled by ${scale}`, () => {
        const text = lines(0, 2_000);
        const view = viewOfText(text + lines(0, 100), text.length, FILE);
        const budget = (contextTokens - 208) * 2.6 * scale;
        const length = charsOf(buildPrompt(view, { ...READY, contextTokens }, scale));
        assert.ok(length <= budget, `${length} characters, ${budget} allowed`);
        if (contextTokens >= 1024) assert.ok(length >= budget / 3, `only ${length} of ${budget}`);
      });
    }
  }

  it('is no longer than the window for a model that cannot hold anything', () => {
    assert.equal(charsOf(buildPrompt(viewOfPicture('abc|def'), { ...READY, contextTokens: 100 }, 1)), 0);
  });
});

describe('a prompt from key to key', () => {
  const typed = 'const total = items.reduce((sum, item) => sum + item.price * item.count, 0);\n'.repeat(3);

  for (const [name, model] of [
    ['a format with a hole', READY],
    ['a format with the suffix first', ready('mellum')],
    ['a model that only continues', PREFIX_ONLY],
  ] as const) {
    it(`changes in its tail only, for ${name}`, () => {
      const before = lines(0, 2_000);
      let previous: readonly PromptPiece[] | undefined;
      let changes = 0;
      const context = alone();
      for (let keys = 0; keys <= 200; keys++) {
        const text = before + typed.slice(0, keys);
        const pieces = stable(build(viewOfText(`${text}\n};\n`, text.length, FILE), model, 1, context));
        if (previous && JSON.stringify(pieces) !== JSON.stringify(previous)) changes++;
        previous = pieces;
      }
      // One block of 32 lines fills up within the 200 keys, or the anchor moves.
      assert.ok(changes <= 1, `The stable part changed ${changes} times.`);
      assert.ok((previous ?? []).length > 8, 'The prompt has segments.');
    });
  }

  it('keeps its beginning when an auto-closed bracket changes the suffix', () => {
    const text = `${lines(0, 2_000)}foo`;
    const context = alone();
    const beginning = (view: View): readonly PromptPiece[] => beforeHole(build(view, READY, 1, context));
    const without = beginning(viewOfText(`${text}\n`, text.length, FILE));
    for (const [left, right] of [
      ['(', ')\n'],
      ['({', '})\n'],
      ['', ''],
      ['', `\n${lines(0, 40)}`],
    ] as const) {
      const view = viewOfText(text + left + right, text.length + left.length, FILE);
      assert.deepEqual(beginning(view), without);
    }
  });

  it('moves its beginning rarely, and far', () => {
    const text = lines(0, 8_000);
    const starts = new Set<string>();
    for (let offset = 20_000; offset < 60_000; offset += 97) {
      starts.add(promptText(buildPrompt(viewOfText(text, offset, FILE), READY, 1)).slice(0, 60));
    }
    assert.ok(starts.size <= 6, `${starts.size} beginnings on 40,000 characters`);
  });

  it('moves its beginning rarely where the view is a window that moves with every line', () => {
    const text = lines(0, 8_000);
    const large = { ...READY, contextTokens: 65_536 };
    const starts = new Set<string>();
    for (let offset = 60_000; offset < 72_000; offset += 97) {
      const { pieces } = buildPrompt(windowed(text, offset, 48_000), large, 1);
      starts.add(JSON.stringify(pieces[1]));
      assert.ok(charsOf({ pieces, heal: '' }) > 30_000, 'most of the window is used');
    }
    assert.ok(starts.size <= 2, `${starts.size} beginnings on 12,000 characters`);
  });

  it('has the same segments through any window', () => {
    const text = lines(0, 8_000);
    const whole = buildPrompt(viewOfText(text, 70_000, FILE), READY, 1).pieces;
    assert.deepEqual(
      buildPrompt(windowed(text, 70_000, 30_000), READY, 1).pieces.slice(0, 5),
      whole.slice(0, 5),
    );
  });

  for (const contextTokens of [1_024, 8_192, 32_768, 131_072]) {
    it(`of ${contextTokens} tokens is the same through a view of the length it asks for`, () => {
      const text = lines(0, 40_000);
      const offset = text.length - 5_000;
      const model = { ...READY, contextTokens };
      assert.deepEqual(
        buildPrompt(windowed(text, offset, prefixWindowChars(contextTokens)), model, 1),
        buildPrompt(viewOfText(text, offset, FILE), model, 1),
      );
    });
  }

  it('does not slide along a line that is longer than the window', () => {
    const text = 'x'.repeat(60_000);
    const starts = new Set<number>();
    for (let offset = 30_000; offset < 30_200; offset++) {
      starts.add(offset - prefixChars(buildPrompt(viewOfText(text, offset, FILE), READY, 1)));
    }
    assert.equal(starts.size, 1);
  });

  it('keeps a good part of a long line above the cursor', () => {
    const text = `${lines(0, 1_000)}${'x'.repeat(25_000)}\nabc`;
    assert.ok(prefixChars(buildPrompt(viewOfText(text, text.length, FILE), READY, 1)) > 9_000);
  });
});

describe('a prompt with other files', () => {
  const related: RelatedPart = {
    repository: 'shop',
    excerpts: [excerpt('src/tax.ts', 'export const TAX = 7;'), excerpt('tools/run.py', 'def run():\n  pass')],
  };
  // The whole prompt for `let a = |;` in src/a.ts; ⟦ ⟧ around markers.
  const rows: [format: string, prompt: string][] = [
    [
      'deepseek-coder',
      '⟦<｜fim▁begin｜>⟧#src/tax.ts\nexport const TAX = 7;\n#tools/run.py\ndef run():\n  pass\n' +
        '#src/a.ts\n⟦<｜fim▁hole｜>⟧;\n⟦<｜fim▁end｜>⟧let a = ',
    ],
    [
      'qwen-coder',
      '⟦<|repo_name|>⟧shop\n⟦<|file_sep|>⟧src/tax.ts\nexport const TAX = 7;\n' +
        '⟦<|file_sep|>⟧tools/run.py\ndef run():\n  pass\n' +
        '⟦<|file_sep|>⟧src/a.ts\n⟦<|fim_prefix|>⟧⟦<|fim_suffix|>⟧;\n⟦<|fim_middle|>⟧let a = ',
    ],
    [
      'starcoder2',
      '⟦<repo_name>⟧shop⟦<file_sep>⟧src/tax.ts\nexport const TAX = 7;⟦<file_sep>⟧tools/run.py\ndef run():\n  pass' +
        '⟦<file_sep>⟧⟦<fim_prefix>⟧src/a.ts\n⟦<fim_suffix>⟧;\n⟦<fim_middle>⟧let a = ',
    ],
    [
      'mellum',
      '⟦<filename>⟧src/tax.ts\nexport const TAX = 7;\n⟦<filename>⟧tools/run.py\ndef run():\n  pass\n' +
        '⟦<filename>⟧src/a.ts\n⟦<fim_suffix>⟧;\n⟦<fim_prefix>⟧⟦<fim_middle>⟧let a = ',
    ],
    [
      'codestral',
      '+++++ src/tax.ts\nexport const TAX = 7;\n+++++ tools/run.py\ndef run():\n  pass\n' +
        '⟦[SUFFIX]⟧;\n⟦[PREFIX]⟧+++++ src/a.ts\nlet a = ',
    ],
    [
      'codellama',
      '⟦▁<PRE>⟧// src/tax.ts\nexport const TAX = 7;\n# tools/run.py\ndef run():\n  pass\n' +
        '// src/a.ts\n⟦▁<SUF>⟧;\n⟦▁<MID>⟧let a = ',
    ],
    [
      'seed-coder',
      '// src/tax.ts\nexport const TAX = 7;\n# tools/run.py\ndef run():\n  pass\n' +
        '⟦<[fim-suffix]>⟧;\n⟦<[fim-prefix]>⟧// src/a.ts\n⟦<[fim-middle]>⟧let a = ',
    ],
  ];

  for (const [format, prompt] of rows) {
    it(`is written in ${format}'s way`, () => {
      assert.equal(promptText(withRelated(viewOfPicture('let a = |;\n', FILE_TS), ready(format))), prompt);
    });
  }

  it('is written as comments for a model that only continues', () => {
    assert.deepEqual(withRelated(viewOfPicture('let a = |;\n', FILE_TS), PREFIX_ONLY), {
      pieces: [
        { segment: '// src/tax.ts\nexport const TAX = 7;\n', leadingSpace: true },
        { segment: '# tools/run.py\ndef run():\n  pass\n', leadingSpace: false },
        { segment: '// src/a.ts\n', leadingSpace: false },
        { text: 'let a =', leadingSpace: false },
      ],
      heal: ' ',
    });
  });

  it('has one segment for each file, and none of them travels with a key', () => {
    const { pieces } = withRelated(viewOfPicture('let a = |;\n', FILE_TS), READY);
    assert.deepEqual(pieces.slice(0, 5), [
      { special: '<｜fim▁begin｜>' },
      { segment: '#src/tax.ts\nexport const TAX = 7;\n', leadingSpace: false },
      { segment: '#tools/run.py\ndef run():\n  pass\n', leadingSpace: false },
      { segment: '#src/a.ts\n', leadingSpace: false },
      { special: '<｜fim▁hole｜>' },
    ]);
    assert.deepEqual(
      pieces.filter((piece) => 'text' in piece),
      [{ text: 'let a =', leadingSpace: false }],
    );
  });

  for (const format of ['codellama', 'codestral', 'deepseek-coder'] as const) {
    it(`has SentencePiece's space where the text around the prefix begins, or nowhere: ${format}`, () => {
      const spaced = (prompt: Prompt): string[] =>
        prompt.pieces.flatMap((piece) =>
          'leadingSpace' in piece && piece.leadingSpace ? [textOf(piece)] : [],
        );
      const view = viewOfPicture('b();\nlet a = |;\n', FILE_TS);
      const [among, alone] = {
        codellama: [['// src/tax.ts\nexport const TAX = 7;\n'], ['b();\n']],
        // Its prompts end with the prefix, whose last word is healed.
        codestral: [['+++++ src/a.ts\n'], ['b();\nlet a =']],
        'deepseek-coder': [[], []],
      }[format];
      assert.deepEqual(spaced(withRelated(view, ready(format))), among);
      assert.deepEqual(spaced(buildPrompt(view, ready(format), 1)), alone);
    });
  }

  it('leaves out what is of the file itself, gathered while another one was open', () => {
    const view = viewOfPicture('let a = |;\n', { path: 'src/tax.ts', languageId: 'typescript' });
    assert.ok(!promptText(withRelated(view, READY)).includes('TAX'));
  });

  it('has no header where no other file has room', () => {
    const view = viewOfPicture('let a = |;\n', FILE_TS);
    const tiny = { ...ready('qwen-coder'), contextTokens: 230 };
    assert.equal(promptText(withRelated(view, tiny)).includes('shop'), false);
  });

  it('gives other files half of the room, first come first served', () => {
    const excerpts = Array.from({ length: 100 }, (_, index) => excerpt(`f${index}.ts`, lines(0, 40)));
    const text = lines(0, 2_000);
    const view = viewOfText(text, text.length, FILE);
    const { pieces } = build(view, READY, 1, { ...alone(), related: { repository: '', excerpts } });
    const before = pieces.slice(
      0,
      pieces.findIndex((piece) => textOf(piece) === '#src/a.ts\n'),
    );
    const chars = charsOf({ pieces: before, heal: '' });
    const { maxChars } = relatedRoom(view, READY, undefined, 0);
    assert.ok(chars <= maxChars && chars > 0.9 * maxChars, `${chars}`);
    assert.deepEqual(
      before.slice(1).map((piece) => textOf(piece).split('\n')[0]),
      excerpts.slice(0, before.length - 1).map(({ path }) => `#${path}`),
    );
  });

  it('leaves to the file what they do not take', () => {
    const text = lines(0, 2_000);
    const view = viewOfText(text, text.length, FILE);
    assert.ok(charsOf(withRelated(view, READY)) > 0.6 * (8192 - 208) * 2.6);
  });

  it('changes in its tail only, from key to key', () => {
    const before = lines(0, 2_000);
    const seen = new Set<string>();
    const context = { ...alone(), related };
    for (let keys = 0; keys <= 60; keys++) {
      const text = before + 'const total = items.length;\n'.repeat(3).slice(0, keys);
      seen.add(
        JSON.stringify(stable(build(viewOfText(`${text}\n}\n`, text.length, FILE), READY, 1, context))),
      );
    }
    assert.ok(seen.size <= 2, `${seen.size} beginnings`);
  });

  function withRelated(view: View, model: ReadyModel): Prompt {
    return build(view, model, 1, { ...alone(), related });
  }

  function excerpt(path: string, text: string) {
    return { uri: `file:///${path}`, path, firstLine: 0, text };
  }
});

describe('secrets around the cursor', () => {
  const token = `ghp_${'a1B2c3'.repeat(6)}`;

  it('are replaced before and after it, and where it stands in one', () => {
    const picture = `a = '${token}';\n`.repeat(40);
    for (const view of [
      viewOfPicture(`${picture}b = |;\nc = '${token}';\n`),
      viewOfPicture(`${picture}b = '${token.slice(0, 12)}|${token.slice(12)}';\n`),
      viewOfPicture(`|${picture}`),
    ]) {
      const text = promptText(buildPrompt(view, READY, 1));
      assert.ok(!text.includes('B2c3a1') && text.includes('xREDACTEDx'), text);
    }
  });

  it('are replaced where the prompt begins inside a private key', () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${`${'MIIEpAIBAAKCAQEA'.repeat(4)}\n`.repeat(50)}-----END RSA PRIVATE KEY-----\n`;
    for (let before = 0; before < 80; before += 7) {
      const text = `${lines(0, 400 + before)}${key}${lines(0, 1)}`;
      const small = { ...PREFIX_ONLY, contextTokens: 1_024 };
      const written = promptText(buildPrompt(viewOfText(text, text.length - before, FILE), small, 1));
      assert.ok(!written.includes('MIIEpAIBAAKCAQEA'), written);
    }
  });

  it('leaves no half of one where a long line is cut', () => {
    const line = `x = [${`'${token}', `.repeat(600)}];`;
    const small = { ...PREFIX_ONLY, contextTokens: 1_024 };
    for (let offset = 20_000; offset < 20_400; offset += 11) {
      const written = promptText(buildPrompt(viewOfText(line, offset, FILE), small, 1));
      assert.ok(!written.slice(0, -60).includes('a1B2c3'), written.slice(0, 60));
    }
  });
});

const FILE_TS = { path: 'src/a.ts', languageId: 'typescript' };

/** The file alone. */
function buildPrompt(view: View, model: ReadyModel, scale: number): Prompt {
  return build(view, model, scale, alone());
}

function ready(format: string): ReadyModel {
  const row = FIM_FORMATS.find(({ name }) => name === format);
  assert.ok(row);
  return { ...READY, format: row };
}

/** Lines of code, each of them another. */
function lines(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => `  step(${from + index});\n`).join('');
}

function windowed(text: string, offset: number, chars: number): View {
  const start = text.lastIndexOf('\n', offset - chars) + 1;
  const view = viewOfText(text, offset, FILE);
  const firstLine = text.slice(0, start).split('\n').length - 1;
  return { ...view, prefix: text.slice(start, offset), firstLine };
}

/** All that is not sent as text. */
function stable({ pieces }: Prompt): readonly PromptPiece[] {
  return pieces.filter((piece) => !('text' in piece));
}

function charsOf({ pieces }: Prompt): number {
  return pieces.reduce((sum, piece) => sum + textOf(piece).length, 0);
}

/** Before the cursor, on both sides of the hole. */
function prefixChars(prompt: Prompt): number {
  const begun = prompt.pieces.filter((piece) => 'text' in piece);
  return charsOf({ pieces: [...beforeHole(prompt), ...begun], heal: '' }) + prompt.heal.length;
}

function beforeHole({ pieces }: Prompt): readonly PromptPiece[] {
  const hole = pieces.findIndex((piece) => 'special' in piece && piece.special === '<｜fim▁hole｜>');
  assert.ok(hole >= 0);
  return pieces.slice(0, hole);
}

function suffixOf({ pieces }: Prompt): string {
  const hole = pieces.findIndex((piece) => 'special' in piece && piece.special === '<｜fim▁hole｜>');
  const piece = pieces[hole + 1];
  assert.ok(piece && 'segment' in piece);
  return piece.segment;
}

function textOf(piece: PromptPiece): string {
  if ('special' in piece) return '';
  return 'segment' in piece ? piece.segment : piece.text;
}
