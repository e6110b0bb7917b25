import type { Passage } from './passage.ts';

/** Something to do with a passage. */
export interface Suggestion {
  /** What the user picks. */
  readonly label: string;
  /** What the model is told. */
  readonly instruction: string;
}

interface Rule extends Suggestion {
  readonly fits: (code: Code) => boolean;
}

interface Code {
  readonly text: string;
  /** The name of `Language`. */
  readonly language: string;
  /** Without the blank ones. */
  readonly lines: readonly string[];
  /** Levels of indentation below the first line. */
  readonly depth: number;
}

const MOST_SUGGESTIONS = 6;
const LONG_LINES = 40;
const NESTED_DEPTH = 3;

const SCRIPT = ['JavaScript', 'JSX', 'TypeScript', 'TSX'];
const TYPED_SCRIPT = ['TypeScript', 'TSX'];

const DEFINITION =
  /^\s*(?:export\s+|default\s+|public\s+|private\s+|protected\s+|static\s+|async\s+|pub\s+)*(?:function|def|func|fn|class|interface|struct|impl|trait|enum)\b/;

/** From the particular to what always fits; the first ones that fit are offered. */
const CODE_RULES: readonly Rule[] = [
  {
    label: 'Add types',
    instruction: 'Add the types that are missing. Do not change what the code does.',
    fits: ({ language, text }) =>
      (TYPED_SCRIPT.includes(language) && /\b(?:any|function\s*\w*\s*\(\s*\w+\s*[,)])/.test(text)) ||
      (language === 'Python' && /^\s*(?:async )?def \w+\((?!\s*(?:self|cls)?\s*\))[^:)]*\)\s*:/m.test(text)),
  },
  {
    label: 'Add JSDoc types',
    instruction: 'Declare the types of parameters and results in JSDoc comments. Do not change the code.',
    fits: ({ language, text }) => /^JavaScript|^JSX/.test(language) && /\bfunction\b|=>/.test(text),
  },
  {
    label: 'Use async and await',
    instruction: 'Use async and await in place of callbacks and chains of then.',
    fits: ({ language, text }) => SCRIPT.includes(language) && /\.then\s*\(/.test(text),
  },
  {
    label: 'Use const and let',
    instruction: 'Declare variables by const, or by let where they are assigned again.',
    fits: ({ language, text }) => SCRIPT.includes(language) && /^\s*var\s/m.test(text),
  },
  {
    label: 'Use template literals',
    instruction: 'Use template literals in place of strings put together by +.',
    fits: ({ language, text }) => SCRIPT.includes(language) && /['"]\s*\+\s*\w|\w\s*\+\s*['"]/.test(text),
  },
  {
    label: 'Use f-strings',
    instruction: 'Use f-strings in place of strings put together by + or % or format.',
    fits: ({ language, text }) =>
      language === 'Python' && /['"]\s*(?:\+|%)\s*[\w(]|\w\s*\+\s*['"]|['"]\.format\(/.test(text),
  },
  {
    label: 'Return early',
    instruction: 'Turn nested conditions into early returns. Do not change what the code does.',
    fits: ({ text, depth }) => depth >= NESTED_DEPTH && /\bif\b/.test(text) && /\belse\b|\belif\b/.test(text),
  },
  {
    label: 'Split into smaller functions',
    instruction: 'Split this into smaller functions with names that say what they do.',
    fits: ({ lines }) => lines.length >= LONG_LINES,
  },
  {
    label: 'Extract a function',
    instruction: 'Move this code into a function with a name that says what it does, and call it here.',
    fits: ({ lines }) => lines.length >= 3 && lines.length < LONG_LINES && !DEFINITION.test(lines[0] ?? ''),
  },
  {
    label: 'Handle errors',
    instruction: 'Handle the errors that can happen here, in the way the code around does.',
    fits: ({ text }) =>
      /\bawait\b|\bfetch\(|\bopen\(|\breadFile|\bJSON\.parse\(|\brequests\.|\.unwrap\(\)/.test(text) &&
      !/\b(?:try|catch|except|rescue)\b/.test(text),
  },
  {
    label: 'Simplify',
    instruction: 'Make this simpler and easier to read. Do not change what it does.',
    fits: () => true,
  },
  {
    label: 'Improve names',
    instruction: 'Give variables, parameters and functions that are local to this code better names.',
    fits: ({ text }) => /\b(?:[a-hl-z]|tmp|temp|foo|bar|data|obj|arr|res|val)\b\s*(?:=|:|,|\))/.test(text),
  },
  {
    label: 'Remove duplication',
    instruction: 'Remove what is written more than once. Do not change what the code does.',
    fits: ({ lines }) => hasDuplicates(lines),
  },
  {
    label: 'Make it faster',
    instruction: 'Make this faster without changing its results.',
    fits: ({ text }) => /\b(?:for|while|forEach|each|loop)\b/.test(text),
  },
];

const PROSE_RULES: readonly Rule[] = [
  {
    label: 'Correct spelling and grammar',
    instruction: 'Correct spelling and grammar. Keep the style and the markup.',
    fits: () => true,
  },
  {
    label: 'Make it shorter',
    instruction: 'Say the same in fewer words. Keep the markup.',
    fits: () => true,
  },
  {
    label: 'Make it plainer',
    instruction: 'Say the same in plain words and short sentences. Keep the markup.',
    fits: () => true,
  },
];

/** What may be worth doing with a passage, judged by simple looks. */
export function suggestInstructions({ lines, language }: Passage): Suggestion[] {
  const written = lines.filter((line) => line.trim() !== '');
  const code: Code = {
    text: lines.join('\n'),
    language: language.name,
    lines: written,
    depth: depthOf(written),
  };
  return (language.prose ? PROSE_RULES : CODE_RULES)
    .filter(({ fits }) => fits(code))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ label, instruction }) => ({ label, instruction }));
}

/** Different indentations deeper than the first line's. */
function depthOf(lines: readonly string[]): number {
  const indents = lines.map((line) => line.length - line.trimStart().length);
  return new Set(indents.filter((indent) => indent > (indents[0] ?? 0))).size;
}

/** Three lines that say something and come again. */
function hasDuplicates(lines: readonly string[]): boolean {
  const seen = new Set<string>();
  const again = lines
    .map((line) => line.trim())
    .filter((line) => /\w{3,}.*\w{3,}/.test(line) && seen.size === seen.add(line).size);
  return again.length >= 3;
}
