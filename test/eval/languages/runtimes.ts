import { findCpp } from './cpp.ts';
import { findGo } from './go.ts';
import { findJava } from './java.ts';
import { findJavaScript } from './javascript.ts';
import { LANGUAGES, type Language } from './program.ts';
import { findPython } from './python.ts';
import { type FindRuntime, type Runtime, RuntimeMissing } from './runtime.ts';

const FIND: Readonly<Record<Language, FindRuntime>> = {
  python: findPython,
  javascript: findJavaScript,
  java: findJava,
  cpp: findCpp,
  go: findGo,
};

/** What this machine can run, and in words why not the rest. */
export interface Runtimes {
  readonly found: ReadonlyMap<Language, Runtime>;
  readonly missing: ReadonlyMap<Language, string>;
}

export async function findRuntimes(): Promise<Runtimes> {
  const found = new Map<Language, Runtime>();
  const missing = new Map<Language, string>();
  for (const language of LANGUAGES) {
    try {
      found.set(language, await FIND[language]());
    } catch (error) {
      if (!(error instanceof RuntimeMissing)) throw error;
      missing.set(language, error.message);
    }
  }
  return { found, missing };
}
