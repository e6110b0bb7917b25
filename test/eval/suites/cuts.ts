import type { Counted } from '../run/task.ts';

/** The first line with something on it, blank lines before it included and its end left out. */
export function firstLine(written: string): Counted {
  const start = written.search(/\S/);
  const end = start < 0 ? -1 : written.indexOf('\n', start);
  return end < 0 ? { text: written, complete: false } : { text: written.slice(0, end), complete: true };
}

/** What stands before the first line end. */
export function restOfLine(written: string): Counted {
  const end = written.indexOf('\n');
  return end < 0 ? { text: written, complete: false } : { text: written.slice(0, end), complete: true };
}

/** All of it: where it ends is for the model to say. */
export function everything(written: string): Counted {
  return { text: written, complete: false };
}

/** What a function in Python cannot go on with (Codex, arXiv 2107.03374, section 2.2; DeepSeek-Coder's evaluation has the same). */
const PYTHON_STOPS = ['\nclass', '\ndef', '\n#', '\nif', '\nprint'];

/** The body of a function in Python. */
export function pythonBody(written: string): Counted {
  const ends = PYTHON_STOPS.map((stop) => written.indexOf(stop)).filter((end) => end >= 0);
  return ends.length === 0
    ? { text: written, complete: false }
    : { text: written.slice(0, Math.min(...ends)), complete: true };
}

/**
 * The body of a function whose opening brace stands in the prompt: up to the brace that closes it. Braces are counted
 * wherever they stand, as HumanEval-X does (CodeGeeX, codegeex/benchmark/utils.py).
 */
export function bracedBody(written: string): Counted {
  let open = 1;
  for (let at = 0; at < written.length; at++) {
    if (written[at] === '{') open++;
    else if (written[at] === '}' && --open === 0) return { text: written.slice(0, at + 1), complete: true };
  }
  return { text: written, complete: false };
}
