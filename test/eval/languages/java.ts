import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ask, locate } from './ask.ts';
import type { Runtime } from './runtime.ts';

/** Two cores and a time limit: neither compiler threads nor the second optimizer pay for themselves. */
const QUICK = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx512m', '-Xss16m'];

export async function findJava(): Promise<Runtime> {
  const home = dirname(dirname(await locate('javac')));
  // Debian keeps it in /etc.
  const configuration = dirname(dirname(await realpath(join(home, 'conf/security/java.security'))));
  const [java, javac] = [join(home, 'bin/java'), join(home, 'bin/javac')];
  return {
    version: await ask(javac, '-version'),
    job: ({ sample, tests }, mark) => ({
      files: { 'Main.java': `${sample}\n${tests}\n${judge(mark)}` },
      steps: [
        [javac, ...QUICK.map((option) => `-J${option}`), '-encoding', 'UTF-8', '-nowarn', 'Main.java'],
        // The tests themselves, not `assert`: HumanEval-X throws.
        [java, ...QUICK, '-cp', '.', 'Judge'],
      ],
      shown: [home, configuration],
      environment: {},
    }),
  };
}

/** A class of its own, so that the tests' main stays as it is. */
function judge(mark: string): string {
  return `
class Judge {
  public static void main(String[] args) throws Throwable {
    Main.main(args);
    System.out.println("\\n${mark}");
  }
}
`;
}
