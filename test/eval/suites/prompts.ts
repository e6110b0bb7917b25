import { buildPrompt } from '../../../src/core/completion/prompt.ts';
import { MiddleStart } from '../../../src/core/completion/middleStart.ts';
import { Redactor } from '../../../src/core/context/redaction/redactor.ts';
import { NO_RELATED } from '../../../src/core/context/relatedPart.ts';
import type { Prompt, ReadyModel } from '../../../src/core/ports/model.ts';
import { viewOfText } from '../../support/viewOfText.ts';
import type { Language } from '../languages/program.ts';

const PATHS: Readonly<Record<Language, string>> = {
  python: 'solution.py',
  javascript: 'solution.js',
  java: 'Solution.java',
  cpp: 'solution.cpp',
  go: 'solution.go',
};

/** The prompt that the extension has for a cursor at the hole, nothing but this file being in it. */
export function holePrompt(
  language: Language,
  prefix: string,
  suffix: string,
): (model: ReadyModel) => Prompt {
  const view = viewOfText(prefix + suffix, prefix.length, { path: PATHS[language], languageId: language });
  return (model) =>
    buildPrompt(view, model, 1, {
      related: NO_RELATED,
      redactor: new Redactor(),
      middleStart: new MiddleStart(),
    });
}

/** The same without any markers: the text, to be continued, for whatever model. */
export function continuationPrompt(language: Language, prefix: string): (model: ReadyModel) => Prompt {
  const prompt = holePrompt(language, prefix, '');
  return (model) => prompt({ ...model, format: undefined });
}
