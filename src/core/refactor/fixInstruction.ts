/** What a compiler or a linter says of a place. */
export interface Problem {
  /** In lines of the document, from 0. */
  readonly line: number;
  readonly message: string;
  /** `ts(2322)`; '' where nobody is named. */
  readonly source: string;
}

const MOST_PROBLEMS = 10;
const LONGEST_MESSAGE_CHARS = 500;

/** @param lines of the document from `firstLine` on, in the code that is shown to the model. */
export function fixInstruction(problems: readonly Problem[], firstLine: number, lines: readonly string[]): string {
  const told = problems.slice(0, MOST_PROBLEMS).map(({ line, message, source }) => {
    const code = lines[line - firstLine]?.trim();
    const said = message.replace(/\s+/g, ' ').trim().slice(0, LONGEST_MESSAGE_CHARS);
    return `- ${said}${source && ` (${source})`}${code ? ` In the line: ${code}` : ''}`;
  });
  const what = told.length === 1 ? 'this problem' : 'these problems';
  return `Fix ${what}, and change nothing that has nothing to do with it.\n${told.join('\n')}`;
}
