import { type FileHandle, open } from 'node:fs/promises';
import { type Identified, parseJsonLines } from '../support/measure/jsonLines.ts';

/** Results on the disk, one JSON object a line, each there at once: a run that was interrupted goes on where it was. */
export class ResultsFile<R extends { readonly id: string }> implements AsyncDisposable {
  private readonly _file: FileHandle;
  private readonly _ids: Set<string>;

  private constructor(file: FileHandle, ids: Set<string>) {
    this._file = file;
    this._ids = ids;
  }

  /**
   * Opens or makes the file. Half a line at its end, left by a run that was interrupted, is cut off.
   * @throws {@link EvalProblem} where something else is broken in it.
   */
  static async open<R extends { readonly id: string }>(
    path: string,
    schema: Identified<R>,
  ): Promise<ResultsFile<R>> {
    const file = await open(path, 'a+');
    try {
      const bytes = await file.readFile();
      const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
      const results = parseJsonLines(whole.toString('utf8'), schema, path);
      if (whole.length < bytes.length) await file.truncate(whole.length);
      return new ResultsFile<R>(file, new Set(results.map(({ id }) => id)));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  has(id: string): boolean {
    return this._ids.has(id);
  }

  async add(result: R): Promise<void> {
    await this._file.appendFile(`${JSON.stringify(result)}\n`);
    this._ids.add(result.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this._file.close();
  }
}
