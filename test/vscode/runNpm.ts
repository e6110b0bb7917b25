import { spawn } from 'node:child_process';

/**
 * Runs one npm command in `folder`, without package scripts.
 *
 * @throws {RegistryUnreachableError} when npm's complaint is about the network.
 */
export async function runNpm(
  folder: string,
  args: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  const all = [...args, '--prefix', '.', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];
  log(`npm ${all.join(' ')}  (in ${folder})`);
  const { code, output } = await collect(spawnNpm(all, folder));
  if (code === 0) return;
  if (unreachable.test(output)) throw new RegistryUnreachableError();
  throw new Error(`npm ${args.join(' ')} failed with exit code ${code}:\n${output.trim()}`);
}

/** Thrown by {@link runNpm}, and so by every test command that still has something to fetch. */
export class RegistryUnreachableError extends Error {
  constructor() {
    super(
      "VS Code's server could not be installed because npm cannot reach its registry: connect to the network, or set npm's registry or proxy, and run the command again.",
    );
    this.name = 'RegistryUnreachableError';
  }
}

const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/;

/**
 * Under `npm run` npm names its own script, which needs no shell. Otherwise npm on Windows is a `.cmd` file,
 * and those Node starts through a shell only; none of our arguments holds anything a shell would interpret.
 */
function spawnNpm(args: readonly string[], cwd: string) {
  const npmScript = process.env['npm_execpath'];
  const stdio = ['ignore' as const, 'pipe' as const, 'pipe' as const];
  if (npmScript?.endsWith('npm-cli.js')) return spawn(process.execPath, [npmScript, ...args], { cwd, stdio });
  if (process.platform === 'win32') return spawn(['npm', ...args].join(' '), { cwd, stdio, shell: true });
  return spawn('npm', args, { cwd, stdio });
}

async function collect(npm: ReturnType<typeof spawnNpm>): Promise<{ code: number | null; output: string }> {
  let output = '';
  npm.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  npm.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return await new Promise((resolve, reject) => {
    npm.once('error', reject);
    npm.once('close', (code) => resolve({ code, output }));
  });
}
