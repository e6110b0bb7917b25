import type { Suite } from '../run/task.ts';
import { fimLines } from './fimLines.ts';
import { humanEval } from './humanEval.ts';
import { humanEvalInstruct } from './humanEvalInstruct.ts';
import { infillingSuites } from './infilling.ts';
import { nextLine } from './nextLine.ts';

/** In the order of the report. */
export const SUITES: readonly Suite[] = [
  fimLines,
  nextLine,
  ...infillingSuites,
  humanEval,
  humanEvalInstruct,
];
