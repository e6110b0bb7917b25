import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import type { DataFile } from './dataFiles.ts';

/** Where published problems lie; what is missing is fetched from where it is published. */
export class DataFolder {
  private readonly _path: string;
  private readonly _fetch: typeof fetch;

  constructor(path: string, fetchFile: typeof fetch = fetch) {
    this._path = path;
    this._fetch = fetchFile;
  }

  /**
   * The objects of a file of JSON lines, gzipped.
   * @throws {@link EvalProblem} where it is not there and cannot be had, or is not the file the suites were written for.
   */
  async read<S extends v.GenericSchema>(file: DataFile, schema: S): Promise<v.InferOutput<S>[]> {
    const path = join(this._path, file.name);
    const there = await readFile(path).catch(() => undefined);
    const bytes = there ?? (await this.download(file));
    check(file, bytes, there ? path : file.url);
    if (!there) {
      await mkdir(this._path, { recursive: true });
      await writeFile(path, bytes);
    }
    const lines = gunzipSync(bytes).toString('utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => v.parse(schema, JSON.parse(line)));
  }

  private async download({ url, name }: DataFile): Promise<Uint8Array> {
    try {
      const response = await this._fetch(url);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new EvalProblem(`${name} is not in ${this._path}, and ${url} cannot be fetched: ${why}.`);
    }
  }
}

function check({ sizeBytes, sha256 }: DataFile, bytes: Uint8Array, from: string): void {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length === sizeBytes && hash === sha256) return;
  throw new EvalProblem(
    `${from} is another file than the suites were written for: ${bytes.length} bytes with SHA-256 ${hash}, ` +
      `not ${sizeBytes} with ${sha256}.`,
  );
}
