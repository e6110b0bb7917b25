import { type FileHandle, open } from 'node:fs/promises';
import { parseJsonLines } from '../jsonLines.ts';
import { Result } from './result.ts';

/** Results on the disk, each there at once: a run that was interrupted goes on where it was. */
export class ResultsFile implements AsyncDisposable {
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
  static async open(path: string): Promise<ResultsFile> {
    const file = await open(path, 'a+');
    try {
      const bytes = await file.readFile();
      const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
      const results = parseJsonLines(whole.toString('utf8'), Result, path);
      if (whole.length < bytes.length) await file.truncate(whole.length);
      return new ResultsFile(file, new Set(results.map(({ id }) => id)));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  has(id: string): boolean {
    return this._ids.has(id);
  }

  async add(result: Result): Promise<void> {
    await this._file.appendFile(`${JSON.stringify(result)}\n`);
    this._ids.add(result.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this._file.close();
  }
}
