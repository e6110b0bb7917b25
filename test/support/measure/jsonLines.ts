import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { EvalProblem } from './evalProblem.ts';

/** Anything in a file of JSON lines that others refer to by its id. */
export type Identified<R extends { readonly id: string } = { readonly id: string }> = v.GenericSchema<
  unknown,
  R
>;

/**
 * A file of one JSON object a line, in its order.
 * @throws {@link EvalProblem} naming the first broken line, or the file that cannot be read.
 */
export async function readJsonLines<S extends Identified>(
  path: string,
  schema: S,
): Promise<v.InferOutput<S>[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new EvalProblem(`${path} cannot be read: ${messageOf(error)}`);
  });
  return parseJsonLines(text, schema, path);
}

/** @param name the file's, for complaints. */
export function parseJsonLines<S extends Identified>(
  text: string,
  schema: S,
  name: string,
): v.InferOutput<S>[] {
  const seen = new Set</* id */ string>();
  // Not by readline, which also breaks at U+2028: JSON lets that stand in a string.
  return text.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    const where = `${name}, line ${index + 1}`;
    const parsed = v.safeParse(schema, jsonOf(line, where));
    if (!parsed.success) throw new EvalProblem(`${where}: ${complaint(parsed.issues)}`);
    const { id } = parsed.output;
    if (seen.has(id)) throw new EvalProblem(`${where}: the id ${id} is there twice.`);
    seen.add(id);
    return [parsed.output];
  });
}

function jsonOf(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new EvalProblem(`${where} is no JSON: ${messageOf(error)}`);
  }
}

function complaint(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'the object'}: ${issue.message}`).join('; ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
