import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { PROJECT } from '../../support/paths.ts';
import manifest from './packages.json' with { type: 'json' };

const run = promisify(execFile);

/** Not in git: fetched once. */
const CACHE = join(PROJECT, 'out/crossfile');

const archived = {
  name: v.string(),
  version: v.string(),
  sha256: v.string(),
};
const common = {
  /** Ideas are tried on the one half, and judged on the other. */
  half: v.picklist(['development', 'other']),
  /** Of its sources, in the archive. */
  folder: v.string(),
  language: v.picklist(['typescript', 'python']),
};
const packageSchema = v.variant('registry', [
  v.object({ registry: v.literal('npm'), ...archived, ...common }),
  v.object({ registry: v.literal('pypi'), ...archived, ...common }),
  /** One that the lock file pins. */
  v.object({ registry: v.literal('installed'), name: v.string(), ...common }),
]);

export type SourcePackage = v.InferOutput<typeof packageSchema>;
type Archived = Exclude<SourcePackage, { registry: 'installed' }>;

/** Published packages with their sources. None is in the training part of the starter's corpus. */
export const PACKAGES: readonly SourcePackage[] = v.parse(v.array(packageSchema), manifest);

/**
 * Copies a package's sources into `target`, under the name of their own folder.
 * @throws {@link EvalProblem} where it cannot be had, or is not the pinned one.
 */
export async function copySources(each: SourcePackage, target: string): Promise<void> {
  const source =
    each.registry === 'installed' ? join(PROJECT, 'node_modules', each.name) : await unpacked(each);
  const to = join(target, basename(each.folder));
  await cp(join(source, each.folder), to, { recursive: true });
}

/** The folder with what the archive holds, fetched where it is not there yet. */
async function unpacked(each: Archived): Promise<string> {
  const folder = join(CACHE, `${each.name.replace('/', '-')}-${each.version}`);
  const there = await readdir(folder).catch(() => []);
  if (there.length === 0) await fetchPackage(each, folder);
  const [top = ''] = await readdir(folder);
  return join(folder, top);
}

async function fetchPackage(each: Archived, folder: string): Promise<void> {
  const { registry, name, version, sha256 } = each;
  const work = `${folder}.${process.pid}`;
  try {
    await mkdir(work, { recursive: true });
    if (registry === 'npm') await run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: work });
    else
      await run('pip', [
        'download',
        '-q',
        '--no-deps',
        '--no-binary',
        ':all:',
        '-d',
        work,
        `${name}==${version}`,
      ]);
    const [archive = ''] = await readdir(work);
    const found = createHash('sha256')
      .update(await readFile(join(work, archive)))
      .digest('hex');
    if (found !== sha256)
      throw new EvalProblem(`${name} ${version} is not the pinned one: its SHA-256 is ${found}.`);
    await run('tar', ['-xzf', archive], { cwd: work });
    await rm(join(work, archive));
    await rename(work, folder);
  } catch (error) {
    if (error instanceof EvalProblem) throw error;
    throw new EvalProblem(`${name} ${version} cannot be fetched: ${String(error)}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
