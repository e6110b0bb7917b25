import { build } from 'esbuild';
import { PROJECT } from '../support/paths.ts';

/**
 * The folders of all packages that a module can come to import, statically or dynamically, relative to the project
 * and with `/`: `node_modules/a`, `node_modules/a/node_modules/b`. What node-llama-cpp depends on only for its command
 * line and for building from source is not among them.
 *
 * esbuild follows the imports as Node resolves them and writes nothing. Warnings are errors here: it warns where it
 * cannot tell what is required.
 *
 * @param entry relative to the project.
 * @param external not followed.
 */
export async function reachablePackages(
  entry: string,
  { external = [], platform = 'node' }: { external?: readonly string[]; platform?: 'node' | 'browser' } = {},
): Promise<string[]> {
  const { metafile, warnings } = await build({
    entryPoints: [entry],
    absWorkingDir: PROJECT,
    bundle: true,
    write: false,
    metafile: true,
    platform,
    format: 'esm',
    // Without this list esbuild also knows `module`, a condition that Node does not have.
    ...(platform === 'node' && { conditions: ['node'] }),
    external: [...leftOut, ...external],
    outdir: 'out',
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'));
  const packages = new Set<string>();
  for (const file of Object.keys(metafile.inputs)) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
    if (folder !== undefined) packages.add(folder);
  }
  return [...packages].sort();
}

const leftOut = [
  // The binaries, which are chosen by target.
  '@node-llama-cpp/*',
  // Asked for only under Electron, which has it.
  'electron',
  // Binaries for cloning files on some file systems; ipull asks for them while downloading, and goes on without.
  '@reflink/reflink',
];
