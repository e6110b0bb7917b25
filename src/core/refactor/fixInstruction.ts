/** What a compiler or a linter says of a place. */
export interface Problem {
  readonly message: string;
  /** `ts(2322)`; '' where nobody is named. */
  readonly source: string;
  /** The line it begins in. */
  readonly code: string;
}

const MOST_PROBLEMS = 10;
const LONGEST_MESSAGE_CHARS = 500;

/** @param lines that the model is shown: of others, such as one with a secret, nothing is quoted. */
export function fixInstruction(problems: readonly Problem[], lines: readonly string[]): string {
  const shown = new Set(lines.map((line) => line.trim()));
  const told = problems.slice(0, MOST_PROBLEMS).map(({ message, source, code }) => {
    const said = message.replace(/\s+/g, ' ').trim().slice(0, LONGEST_MESSAGE_CHARS);
    const place = code.trim() !== '' && shown.has(code.trim()) ? ` In the line: ${code.trim()}` : '';
    return `- ${said}${source && ` (${source})`}${place}`;
  });
  const what = told.length === 1 ? 'this problem' : 'these problems';
  return `Fix ${what}, and change nothing that has nothing to do with it.\n${told.join('\n')}`;
}
