/**
 * Something the person running an evaluation can act on: a wrong option, a broken line of data. Anything else is a bug
 * and is logged whole.
 */
export class EvalProblem extends Error {
  override name = 'EvalProblem';
}
