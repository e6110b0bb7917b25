import assert from 'node:assert/strict';
import { asStorageError } from '../../model/storage.ts';

describe('asStorageError', () => {
  const table: [code: string, syscall: string, says: RegExp | undefined][] = [
    ['ENOSPC', 'write', /too full .* make room/],
    ['EDQUOT', 'write', /too full .* make room/],
    ['EACCES', 'mkdir', /no permission to write in \/models/],
    ['EPERM', 'rename', /no permission/],
    ['EROFS', 'open', /no permission/],
    ['ENOTDIR', 'scandir', /a file stands where/],
    ['EEXIST', 'mkdir', /a file stands where/],
    ['EACCES', 'connect', undefined],
    ['ECONNREFUSED', 'connect', undefined],
    ['EIO', 'read', undefined],
  ];
  for (const [code, syscall, says] of table) {
    it(`${code} of ${syscall}: ${says?.source ?? 'no storage error'}`, () => {
      const message = asStorageError(Object.assign(new Error(code), { code, syscall }), '/models')?.message;
      if (says === undefined) {
        assert.equal(message, undefined);
      } else {
        assert.match(message ?? '', says);
      }
    });
  }
});
