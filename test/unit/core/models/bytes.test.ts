import assert from 'node:assert/strict';
import { formatBytes } from '../../../../src/core/models/bytes.ts';

describe('formatBytes', () => {
  const rows: readonly [bytes: number, text: string][] = [
    [1, '1 MB'],
    [98_362_432, '98 MB'],
    [999_400_000, '999 MB'],
    [999_500_000, '1.0 GB'],
    [10_364_416_768, '10.4 GB'],
  ];
  for (const [bytes, text] of rows) it(`${bytes}: ${text}`, () => assert.equal(formatBytes(bytes), text));
});
