import * as v from 'valibot';
import { DATA_FILES } from '../data/dataFiles.ts';
import type { DataFolder } from '../data/dataFolder.ts';
import type { Language } from '../languages/program.ts';

/** A function to write: one problem of HumanEval, in one language. */
export interface HumanEvalProblem {
  /** `HumanEval/0`, `Java/0`. */
  readonly id: string;
  /** The number that it has in every language. */
  readonly number: string;
  readonly language: Language;
  /** Imports, description and the head of the function, which is open. */
  readonly prompt: string;
  /** What its authors wrote behind the prompt. */
  readonly canonical: string;
  /** A program's rest: ends with an error where the function is wrong. */
  readonly tests: string;
}

const Line = v.object({
  task_id: v.string(),
  prompt: v.string(),
  canonical_solution: v.string(),
  test: v.string(),
  /** Python only. */
  entry_point: v.optional(v.string()),
  /** Go only. */
  test_setup: v.optional(v.string(), ''),
});

const FILES = {
  python: DATA_FILES.humanEval,
  javascript: DATA_FILES.javascript,
  java: DATA_FILES.java,
  cpp: DATA_FILES.cpp,
  go: DATA_FILES.go,
};

/** HumanEval for Python, HumanEval-X for the others. 164 each. */
export async function readProblems(data: DataFolder, language: Language): Promise<HumanEvalProblem[]> {
  return (await data.read(FILES[language], Line)).map((line) => ({
    id: line.task_id,
    number: line.task_id.slice(line.task_id.lastIndexOf('/') + 1),
    language,
    prompt: line.prompt,
    canonical: line.canonical_solution,
    tests:
      line.entry_point === undefined
        ? `${line.test_setup}\n${line.test}`
        : pythonTests(line.test, line.entry_point),
  }));
}

/** The file only defines `check`. */
export function pythonTests(test: string, entryPoint: string): string {
  return `${test}\ncheck(${entryPoint})\n`;
}
