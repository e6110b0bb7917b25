import type { Runtime } from './runtime.ts';

/** HumanEval-X tests with console.assert, which in Node complains and goes on. */
const STRICT_ASSERT = `
console.assert = (ok, ...more) => {
  if (!ok) throw new Error(['Assertion failed', ...more].join(' '));
};
`;

/** The Node that this runs on. */
export async function findJavaScript(): Promise<Runtime> {
  return {
    version: `Node ${process.version}`,
    job: ({ sample, tests }, mark) => ({
      files: { 'program.js': `${sample}\n${STRICT_ASSERT}\n${tests}\nconsole.log('\\n${mark}');\n` },
      steps: [[process.execPath, 'program.js']],
      shown: [process.execPath],
      environment: {},
    }),
  };
}
