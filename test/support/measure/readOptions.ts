import { parseArgs, type ParseArgsConfig } from 'node:util';
import { EvalProblem } from './evalProblem.ts';

/**
 * `parseArgs`, whose complaints are for the user.
 * @throws {@link EvalProblem} with `usage` behind the complaint.
 */
export function readOptions<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new EvalProblem(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/**
 * The value of an option that counts something.
 * @throws {@link EvalProblem}
 */
export function countFrom(option: string, value: string): number {
  if (!/^[1-9]\d*$/.test(value)) {
    throw new EvalProblem(`--${option} must be a whole number from 1 on, not ${value}.`);
  }
  return Number(value);
}
