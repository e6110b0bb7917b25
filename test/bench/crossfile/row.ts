import { appendFile, readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { parseJsonLines } from '../../support/measure/jsonLines.ts';

/** What one arm made of one place. */
const rowSchema = v.object({
  /** Place and arm. */
  id: v.string(),
  place: v.string(),
  arm: v.string(),
  trace: v.picklist(['none', 'renamed', 'written', 'elsewhere']),
  repository: v.string(),
  half: v.picklist(['development', 'other']),
  language: v.string(),
  /** The file: lines of one share their luck. */
  file: v.string(),
  /** Two arms with the same prompt have the same one. */
  prompt: v.string(),
  promptTokens: v.number(),
  relatedChars: v.number(),
  suffixTokens: v.number(),
  truthTokens: v.number(),
  /** Nats. */
  meanLogProbability: v.number(),
  /** Model and window: rows of others cannot stand in the same file. */
  setup: v.string(),
});

export type Row = v.InferOutput<typeof rowSchema>;

/** Rows in a file, to go on with, or only in memory. */
export class Rows {
  readonly all: Row[];
  private readonly _path: string | undefined;
  private readonly _ids: Set<string>;

  private constructor(path: string | undefined, rows: Row[]) {
    this._path = path;
    this.all = rows;
    this._ids = new Set(rows.map(({ id }) => id));
  }

  /** @throws {@link EvalProblem} where the file is of another setup, or broken. */
  static async open(path: string | undefined, setup: string): Promise<Rows> {
    const text = path === undefined ? '' : await readFile(path, 'utf8').catch(() => '');
    // A run that was stopped may have left half a line.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const rows = parseJsonLines(whole, rowSchema, path ?? '');
    const other = rows.find((row) => row.setup !== setup);
    if (other) throw new EvalProblem(`${path} is of ${other.setup}, not of ${setup}.`);
    return new Rows(path, rows);
  }

  has(id: string): boolean {
    return this._ids.has(id);
  }

  async add(row: Row): Promise<void> {
    this.all.push(row);
    this._ids.add(row.id);
    if (this._path !== undefined) await appendFile(this._path, `${JSON.stringify(row)}\n`);
  }
}
