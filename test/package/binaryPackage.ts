import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from '../support/paths.ts';
import { RegistryUnreachableError, runNpm } from '../vscode/runNpm.ts';
import type { LockedPackage } from './lockedPackage.ts';

/**
 * The folder of a package with binaries: the installed one, or for another platform's one fetched from npm into
 * `.vscode-test/binaries/` and held against the hash in package-lock.json.
 *
 * @throws {BinaryFetchError}
 */
export async function binaryPackage(
  name: string,
  locked: LockedPackage,
  log: (line: string) => void,
): Promise<string> {
  const installed = join(PROJECT, 'node_modules', name);
  if (existsSync(join(installed, 'package.json'))) return installed;
  const cached = join(cacheFolder, `${name.replace(/^@[^/]+\//, '')}-${locked.version}`);
  if (!existsSync(cached)) await fetchInto(cached, `${name}@${locked.version}`, locked.integrity, log);
  return cached;
}

export class BinaryFetchError extends Error {
  override name = 'BinaryFetchError';
  constructor(spec: string, why: string, options?: ErrorOptions) {
    super(`${spec} could not be fetched because ${why}.`, options);
  }
}

const cacheFolder = join(PROJECT, '.vscode-test', 'binaries');

/** The folder gets its name last, so a killed fetch leaves nothing that looks whole. */
async function fetchInto(
  folder: string,
  spec: string,
  integrity: string,
  log: (line: string) => void,
): Promise<void> {
  log(`Fetching ${spec} from npm.`);
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, 'partial-'));
  try {
    await runNpm(work, ['pack', spec], () => undefined);
    const tarball = (await readdir(work)).find((file) => file.endsWith('.tgz'));
    if (tarball === undefined) throw new BinaryFetchError(spec, 'npm wrote no file');
    const hash = createHash('sha512').update(await readFile(join(work, tarball)));
    if (`sha512-${hash.digest('base64')}` !== integrity) {
      throw new BinaryFetchError(spec, 'what came is not what package-lock.json expects');
    }
    // Windows has tar too, since 2018. An npm tarball holds one folder, `package`.
    await promisify(execFile)('tar', ['-xzf', tarball], { cwd: work });
    await rename(join(work, 'package'), folder);
  } catch (error) {
    if (error instanceof RegistryUnreachableError) {
      throw new BinaryFetchError(spec, 'npm cannot reach its registry', { cause: error });
    }
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
