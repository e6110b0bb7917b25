import { ask } from './ask.ts';
import type { Runtime } from './runtime.ts';

export async function findPython(): Promise<Runtime> {
  const said = await ask('python3', '-c', 'import sys; print(sys.executable, sys.base_prefix, sep="\\n")');
  const [executable = '', prefix = ''] = said.split('\n');
  return {
    version: await ask(executable, '--version'),
    job: ({ sample, tests }, mark) => ({
      files: { 'program.py': `${sample}\n${tests}\n__import__('sys').stdout.write('\\n${mark}\\n')\n` },
      // Isolated: neither the folder nor the user's packages are on its path.
      steps: [[executable, '-I', 'program.py']],
      shown: [prefix],
      environment: {},
    }),
  };
}
