import assert from 'node:assert/strict';
import { refuseFullDisk } from '../../../src/engine/download/diskSpace.ts';
import { downloadError } from '../../../src/engine/download/downloadError.ts';
import { EngineError } from '../../../src/rpc/engineError.ts';

const URL_OF_FILE = 'https://hub.example/user/repo/resolve/main/a%20b.gguf';
const live = new AbortController().signal;

describe('downloadError', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code });
  const rows: readonly [what: string, error: unknown, kind: string, message: RegExp][] = [
    ['a full disk', failed('ENOSPC'), 'disk-full', /^The disk is full\.$/],
    ['a used up quota', failed('EDQUOT'), 'disk-full', /full/],
    ['no permission', failed('EACCES'), 'no-permission', /cannot be written to/],
    ['a disk that cannot be written to', failed('EROFS'), 'no-permission', /cannot be written to/],
    [
      'a name that is not known',
      new TypeError('fetch failed', { cause: failed('ENOTFOUND') }),
      'offline',
      /^hub\.example cannot/,
    ],
    ['a word', 'oops', 'offline', /^hub\.example cannot/],
    ['404', Object.assign(new Error(), { statusCode: 404 }), 'not-found', /main\/a b\.gguf/],
    ['403', Object.assign(new Error(), { statusCode: 403 }), 'access-denied', /HF_TOKEN/],
    ['503', Object.assign(new Error(), { statusCode: 503 }), 'server-error', /503/],
    ['one that is typed', new EngineError('wrong-download', 'Wrong.'), 'wrong-download', /^Wrong\.$/],
  ];
  for (const [what, thrown, kind, message] of rows) {
    it(`${what}: ${kind}`, () => {
      const error = downloadError(thrown, URL_OF_FILE, live);
      assert.equal(error.kind, kind);
      assert.match(error.message, message);
    });
  }

  it('after a cancel is a cancel, whatever else it was', () => {
    const signal = AbortSignal.abort();
    assert.equal(downloadError(failed('ENOSPC'), URL_OF_FILE, signal).kind, 'cancelled');
  });
});

describe('refuseFullDisk', () => {
  const rows: readonly [neededBytes: number, freeBytes: number, refused: boolean][] = [
    [10e9, 11e9, false],
    [10e9, 10.1e9, true],
    [10e9, 0, true],
    [0, 0, false],
  ];
  for (const [neededBytes, freeBytes, refused] of rows) {
    it(`${neededBytes} of ${freeBytes} free: ${refused ? 'refused' : 'fine'}`, async () => {
      const checked = refuseFullDisk('/models', neededBytes, async () => freeBytes);
      if (!refused) return checked;
      await assert.rejects(checked, {
        kind: 'disk-full',
        message: `The download needs ${(neededBytes / 1e9).toFixed(1)} GB more, but only ${(freeBytes / 1e9).toFixed(1)} GB are free in /models.`,
      });
    });
  }
});
