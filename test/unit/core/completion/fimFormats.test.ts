import assert from 'node:assert/strict';

import {
  FIM_FORMATS,
  type FimFormat,
  type FimPiece,
  type RepositoryPiece,
} from '../../../../src/core/completion/fimFormats.ts';

describe('The table of fill-in-the-middle formats', () => {
  it('has one row per family, each with its own name', () => {
    assert.deepEqual(
      FIM_FORMATS.map((format) => format.name),
      [
        'deepseek-coder',
        'deepwell-starter',
        'qwen-coder',
        'codegemma',
        'granite',
        'starcoder2',
        'starcoder',
        'mellum',
        'codellama',
        'codestral',
        'seed-coder',
      ],
    );
  });

  it("spells DeepSeek's markers with U+FF5C and U+2581, byte by byte", () => {
    const specials = row('deepseek-coder').layout.flatMap((piece) =>
      typeof piece === 'object' && 'special' in piece ? [Buffer.from(piece.special).toString('hex')] : [],
    );
    //  <  ｜     f i m  ▁      …              ｜     >
    assert.deepEqual(specials, [
      '3c' + 'efbd9c' + '66696d' + 'e29681' + '626567696e' + 'efbd9c' + '3e',
      '3c' + 'efbd9c' + '66696d' + 'e29681' + '686f6c65' + 'efbd9c' + '3e',
      '3c' + 'efbd9c' + '66696d' + 'e29681' + '656e64' + 'efbd9c' + '3e',
    ]);
    assert.equal(
      Buffer.from(row('deepseek-coder').stop[0] ?? '').toString('hex'),
      '3cefbd9c656e64e296816f66e2968173656e74656e6365efbd9c3e',
    );
  });

  it("spells CodeLlama's markers with a leading U+2581", () => {
    assert.deepEqual(
      row('codellama').stop.map((text) => Buffer.from(text).toString('hex')),
      ['e296813c454f543e', 'e296813c5052453e', 'e296813c5355463e', 'e296813c4d49443e'],
    );
  });

  it('has nothing outside ASCII in any other row', () => {
    for (const format of FIM_FORMATS) {
      if (['deepseek-coder', 'deepwell-starter', 'codellama'].includes(format.name)) continue;
      const texts = [...pieceTexts(format.layout), ...pieceTexts(format.namedLayout ?? []), ...format.stop];
      for (const text of texts) assert.match(text, /^[\n\x20-\x7e]+$/, `${format.name}: ${text}`);
    }
  });

  for (const format of FIM_FORMATS) {
    describe(format.name, () => {
      const layouts = [format.layout, format.namedLayout, format.repository?.currentFile].filter(
        (layout) => layout !== undefined,
      );

      it(`writes prefix and suffix once each, in ${format.order} order`, () => {
        for (const layout of layouts) {
          const texts = layout.filter((piece) => piece === 'prefix' || piece === 'suffix');
          assert.deepEqual(texts, format.order === 'PSM' ? ['prefix', 'suffix'] : ['suffix', 'prefix']);
        }
      });

      it('starts with a marker and puts one between prefix and suffix', () => {
        for (const layout of layouts) {
          const [first, second] = [layout.indexOf('prefix'), layout.indexOf('suffix')].sort((a, b) => a - b);
          assert.ok(isSpecial(layout[0]));
          assert.ok(layout.slice(first, second).some(isSpecial));
        }
      });

      it('uses each marker once, in the same set for every layout', () => {
        const markers = specials(format.layout);
        assert.equal(new Set(markers).size, markers.length);
        for (const layout of layouts) {
          for (const marker of markers) {
            assert.equal(specials(layout).filter((other) => other === marker).length, 1, marker);
          }
        }
      });

      it('ends the middle at every marker of its own', () => {
        const all = [
          ...layouts.flatMap(specials),
          ...specials(format.repository?.header ?? []),
          ...specials(format.repository?.file ?? []),
        ];
        for (const marker of all) assert.ok(format.stop.includes(marker), marker);
        assert.equal(new Set(format.stop).size, format.stop.length);
      });

      it('has the path in layouts that name the file, and only there', () => {
        assert.ok(!format.layout.includes('path'));
        for (const layout of layouts.slice(1)) {
          assert.equal(layout.filter((piece) => piece === 'path').length, 1);
        }
        if (format.repository !== undefined) {
          const { file } = format.repository;
          assert.ok(file.indexOf('path') >= 0 && file.indexOf('path') < file.indexOf('content'));
        }
      });

      it('has no empty text and says where it was taken from', () => {
        const texts = [
          ...layouts.flatMap(pieceTexts),
          ...pieceTexts(format.repository?.header ?? []),
          ...pieceTexts(format.repository?.file ?? []),
          ...format.stop,
          ...format.recognisedBy.tokens,
        ];
        assert.ok(texts.every((text) => text !== ''));
        assert.ok(format.sourceNote.length > 0);
        assert.notEqual(format.repository?.sourceNote, '');
      });

      it('puts nothing that changes before related files', () => {
        if (format.repository?.place !== 'behind first marker') return;
        assert.ok(isSpecial(format.repository.currentFile[0]) && format.order === 'PSM');
      });
    });
  }
});

describe('How a repository is written', () => {
  // name, header for «app», one related file «a.ts» with «code», the current file «b.ts» with «P» and «S»
  const rows: [name: string, header: string, file: string, currentFile: string][] = [
    ['deepseek-coder', '', '#a.ts\ncode\n', '<｜fim▁begin｜>#b.ts\nP<｜fim▁hole｜>S<｜fim▁end｜>'],
    ['deepwell-starter', '', '#a.ts\ncode\n', '<｜fim▁hole｜>S<｜fim▁end｜><｜fim▁begin｜>#b.ts\nP'],
    [
      'qwen-coder',
      '<|repo_name|>app\n',
      '<|file_sep|>a.ts\ncode\n',
      '<|file_sep|>b.ts\n<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>',
    ],
    [
      'starcoder2',
      '<repo_name>app',
      '<file_sep>a.ts\ncode',
      '<file_sep><fim_prefix>b.ts\nP<fim_suffix>S<fim_middle>',
    ],
    ['mellum', '', '<filename>a.ts\ncode\n', '<filename>b.ts\n<fim_suffix>S<fim_prefix>P<fim_middle>'],
    ['codestral', '', '+++++ a.ts\ncode\n', '[SUFFIX]S[PREFIX]+++++ b.ts\nP'],
  ];

  for (const [name, header, file, currentFile] of rows) {
    it(name, () => {
      const repository = row(name).repository;
      assert.ok(repository !== undefined);
      assert.equal(write(repository.header ?? [], { repository: 'app' }), header);
      assert.equal(write(repository.file, { path: 'a.ts', content: 'code' }), file);
      assert.equal(write(repository.currentFile, { path: 'b.ts', prefix: 'P', suffix: 'S' }), currentFile);
    });
  }

  it('is unknown for the others', () => {
    const known = rows.map(([name]) => name);
    for (const format of FIM_FORMATS) {
      assert.equal(format.repository !== undefined, known.includes(format.name), format.name);
    }
  });
});

type Piece = FimPiece | RepositoryPiece;

function row(name: string): FimFormat {
  const found = FIM_FORMATS.find((format) => format.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

function isSpecial(piece: Piece | undefined): piece is { readonly special: string } {
  return typeof piece === 'object' && 'special' in piece;
}

function specials(pieces: readonly Piece[]): string[] {
  return pieces.filter(isSpecial).map((piece) => piece.special);
}

function pieceTexts(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) =>
    typeof piece === 'string' ? [] : ['special' in piece ? piece.special : piece.literal],
  );
}

function write(pieces: readonly Piece[], values: Record<string, string>): string {
  return pieces
    .map((piece) => {
      if (typeof piece !== 'string') return 'special' in piece ? piece.special : piece.literal;
      const value = values[piece];
      assert.ok(value !== undefined, piece);
      return value;
    })
    .join('');
}
