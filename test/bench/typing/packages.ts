import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from '../../support/paths.ts';
import { runNpm } from '../../vscode/runNpm.ts';

/** Code that others wrote by hand, in a package that npm has for good. */
export interface PinnedPackage {
  readonly spec: string;
  readonly tarball: string;
  /** SHA-512 of the tarball, base64: as in a lock file. */
  readonly sha512: string;
  readonly languageId: string;
  /** Which of its files, by their paths in the package. */
  readonly files: RegExp;
}

/** Three repositories, three languages. None was read by the starter in its training; node-gyp carries gyp-next. */
export const PACKAGES: readonly PinnedPackage[] = [
  {
    spec: '@chainsafe/libp2p-gossipsub@14.1.1',
    tarball: 'chainsafe-libp2p-gossipsub-14.1.1.tgz',
    sha512: 'EUs2C+xHXXbw0pQQF2AN/ih4qB6BBWOGkDhvHz1VN52o2m/827IBEMT8RHdXMNZciQc90to1L57BKmhXkvztDw==',
    languageId: 'typescript',
    files: /^src\/.*(?<!\.d)\.ts$/,
  },
  {
    spec: 'execa@9.6.0',
    tarball: 'execa-9.6.0.tgz',
    sha512: 'jpWzZ1ZhwUmeWRhS7Qv3mhpOhLfwI+uAX4e5fOcXqwMR7EcJ0pj2kV1CVzHVMX/LphnKWD3LObjZCoJ71lKpHw==',
    languageId: 'javascript',
    files: /^lib\/.*\.js$/,
  },
  {
    spec: 'node-gyp@11.4.2',
    tarball: 'node-gyp-11.4.2.tgz',
    sha512: '3gD+6zsrLQH7DyYOUIutaauuXrcyxeTPyQuZQCQoNPZMHMMS5m4y0xclNpvYzoK3VNzuyxT6eF4mkIL4WSZ1eQ==',
    languageId: 'python',
    files: /^gyp\/pylib\/gyp\/.*(?<!_test)\.py$/,
  },
];

const CACHE = join(PROJECT, 'out', 'typing');

/**
 * The folder of the unpacked package, fetched through npm the first time. Nothing of it is run.
 * @throws where npm cannot fetch it, or what came is not what was pinned.
 */
export async function packageFolder({ spec, tarball, sha512 }: PinnedPackage): Promise<string> {
  const folder = join(CACHE, tarball.slice(0, -'.tgz'.length));
  const unpacked = join(folder, 'package');
  if (existsSync(unpacked)) return unpacked;
  await mkdir(folder, { recursive: true });
  await runNpm(folder, ['pack', spec], () => undefined);
  const bytes = await readFile(join(folder, tarball));
  if (createHash('sha512').update(bytes).digest('base64') !== sha512) {
    await rm(folder, { recursive: true });
    throw new Error(`${spec} is not what it was when the bench was made.`);
  }
  await promisify(execFile)('tar', ['-xzf', tarball], { cwd: folder });
  return unpacked;
}
