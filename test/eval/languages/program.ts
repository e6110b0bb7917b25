export const LANGUAGES = ['python', 'javascript', 'java', 'cpp', 'go'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  python: 'Python',
  javascript: 'JavaScript',
  java: 'Java',
  cpp: 'C++',
  go: 'Go',
};

/** A sample and the tests that say whether it is right. */
export interface Program {
  readonly language: Language;
  /** What the model wrote, in the text it was asked to complete. */
  readonly sample: string;
  /** Ends the program with an error where the sample is wrong. */
  readonly tests: string;
}
