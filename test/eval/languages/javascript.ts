import type { Runtime } from './runtime.ts';

/** HumanEval-X tests with console.assert, which in Node complains and goes on. */
const STRICT_ASSERT = `
console.assert = (ok, ...more) => {
  if (!ok) throw new Error(['Assertion failed', ...more].join(' '));
};
`;

/** A package that one problem of HumanEval-X asks for. */
const MD5 = `module.exports = (text) => require('node:crypto').createHash('md5').update(text).digest('hex');\n`;

/** The Node that this runs on. */
export async function findJavaScript(): Promise<Runtime> {
  return {
    version: `Node ${process.version}`,
    job: ({ sample, tests }, mark) => ({
      files: {
        'node_modules/js-md5/index.js': MD5,
        'program.js': `${sample}\n${STRICT_ASSERT}\n${tests}\nconsole.log('\\n${mark}');\n`,
      },
      steps: [[process.execPath, 'program.js']],
      shown: [process.execPath],
      environment: {},
    }),
  };
}
