import { dirname } from 'node:path';
import { ask, locate } from './ask.ts';
import type { Runtime } from './runtime.ts';

export async function findCpp(): Promise<Runtime> {
  const compiler = await locate('g++');
  const version = await ask(compiler, '--version');
  return {
    version: version.split('\n')[0] ?? '',
    job: ({ sample, tests }, mark) => {
      const source = `${sample}\n${beforeLastBrace(tests, `__builtin_puts("\\n${mark}");`)}`;
      const libraries = /<openssl\//.test(source) ? ['-lcrypto'] : [];
      return {
        files: { 'program.cpp': source },
        steps: [
          [compiler, '-std=c++17', '-O0', '-w', '-o', 'program', 'program.cpp', ...libraries],
          ['./program'],
        ],
        shown: [dirname(dirname(compiler))],
        environment: {},
      };
    },
  };
}

/** The tests are one `main`, and its end is theirs. */
function beforeLastBrace(tests: string, statement: string): string {
  const end = tests.lastIndexOf('}');
  return `${tests.slice(0, end)}${statement}\n${tests.slice(end)}`;
}
