import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../languages/program.ts';
import type { ChatTask, Counted, Suite } from '../run/task.ts';
import { type HumanEvalProblem, readProblems } from './humanEvalProblem.ts';

const MAX_TOKENS = 768;

/** HumanEval and HumanEval-X as a chat model is asked them: complete this function, in a block of code. */
export const humanEvalInstruct: Suite = {
  name: 'humaneval-instruct',
  metric: 'pass@1',
  async tasks(data) {
    const problems = await Promise.all(LANGUAGES.map((language) => readProblems(data, language)));
    return problems.flat().map(toTask);
  },
};

export function toTask({ id, number, language, prompt, tests }: HumanEvalProblem): ChatTask {
  return {
    id,
    group: language,
    cluster: number,
    question: question(language, prompt),
    maxTokens: MAX_TOKENS,
    cut: firstBlock,
    judge: {
      kind: 'run',
      program: (text) => ({ language, sample: programOf(language, prompt, codeOf(text)), tests }),
    },
  };
}

function question(language: Language, prompt: string): string {
  return (
    `Complete this function in ${LANGUAGE_NAMES[language]}. Use only the packages that are given. ` +
    'Answer with the whole code, from its first line to its last, in one block of code.\n' +
    `\`\`\`${language}\n${prompt.trimEnd()}\n\`\`\``
  );
}

/** An answer up to the end of its first block of code. */
export function firstBlock(written: string): Counted {
  const block = /^```[^\n]*\n[^]*?^```[ \t]*$/m.exec(written);
  // The fence must have a line of its own: ```` ```js ```` may still be on its way.
  if (!block || !written.slice(block.index + block[0].length).startsWith('\n'))
    return { text: written, complete: false };
  return { text: written.slice(0, block.index + block[0].length), complete: true };
}

/** The code of an answer: its first block, also one that never ends; all of it where there is none. */
export function codeOf(answer: string): string {
  return /^```[^\n]*\n([^]*?)(^```|(?![^]))/m.exec(answer)?.[1] ?? answer;
}

/** Models leave out what was given, imports or the whole head; what is missing is put back. */
export function programOf(language: Language, prompt: string, code: string): string {
  const name = functionName(language, prompt);
  if (
    !new RegExp(`\\b${name}\\b`).test(
      code
        .split('\n')
        .filter((line) => HEAD[language].test(line))
        .join('\n'),
    )
  ) {
    return `${prompt}${code}`;
  }
  return `${headOf(language, prompt)}\n${withoutMain(language, code)}\n`;
}

/** How a line begins that heads a function. */
const HEAD: Readonly<Record<Language, RegExp>> = {
  python: /^\s*def /,
  javascript: /^\s*(const|let|var|function|async function) /,
  java: /\(/,
  cpp: /^\S.*\(/,
  go: /^func /,
};

/** The last function whose head the prompt holds is the one to write. */
function functionName(language: Language, prompt: string): string {
  const pattern = {
    python: /^def (\w+)/gm,
    javascript: /^const (\w+) =/gm,
    java: /(\w+)\s*\([^()]*\)\s*\{/g,
    cpp: /(\w+)\s*\([^()]*\)\s*\{/g,
    go: /^func (\w+)/gm,
  }[language];
  return [...prompt.matchAll(pattern)].at(-1)?.[1] ?? '';
}

/** Imports and helpers above the function. In Java and Go a second import of the same is an error or comes by itself. */
function headOf(language: Language, prompt: string): string {
  switch (language) {
    case 'python': {
      const at = prompt.lastIndexOf('\ndef ');
      return prompt.slice(0, Math.max(0, at));
    }
    case 'cpp':
      return (prompt.match(/^(#include.*|using namespace.*)$/gm) ?? []).join('\n');
    case 'java':
      return 'import java.util.*;\nimport java.lang.*;';
    case 'javascript':
    case 'go':
      return '';
  }
}

/** The tests bring one of their own. */
function withoutMain(language: Language, code: string): string {
  if (language === 'cpp') return code.replace(/^int main\s*\([^]*$/m, '');
  if (language === 'go') return code.replace(/^func main\s*\([^]*$/m, '');
  if (language === 'java')
    return code.replace(/^(public )?class Main\b[^]*$/m, '').replace(/^public class /m, 'class ');
  return code;
}
