import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { PROJECT } from '../support/paths.ts';
import { binaryPackage } from './binaryPackage.ts';
import { isShipped } from './isShipped.ts';
import { lockedPackage } from './lockedPackage.ts';
import type { Manifest } from './manifest.ts';
import { reachablePackages } from './reachablePackages.ts';
import { binaryPackages, type Target } from './targets.ts';

/**
 * Fills `folder` with exactly what the VSIX is to hold, from the built `dist/`.
 *
 * The packages go into `dist/node_modules`, where the processes find them as well as in `node_modules`: vsce looks into
 * the latter only with the help of `npm list`, which fails on a tree that leaves dependencies out.
 */
export async function stage(
  folder: string,
  target: Target,
  manifest: Manifest,
  log: (line: string) => void,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'licenses'), { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(published(manifest), undefined, 2));
  for (const file of ['package.nls.json', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    await copyFile(join(PROJECT, file), join(folder, file));
  }
  if (existsSync(join(PROJECT, 'media'))) {
    await cp(join(PROJECT, 'media'), join(folder, 'media'), {
      recursive: true,
      // How the starter model is made; its data and checkpoints are many times the VSIX.
      filter: (path) => path !== join(PROJECT, 'media', 'models', 'training'),
    });
  }
  await stageBundles(join(folder, 'dist'), manifest);
  await mkdir(join(folder, 'dist/webview'));
  for (const file of PAGE) await copyFile(join(PROJECT, file), join(folder, file));
  for (const entry of PROCESSES) {
    for (const source of await reachablePackages(entry)) {
      await stagePackage(join(PROJECT, source), join(folder, 'dist', source));
    }
  }
  await stageBinaries(join(folder, 'dist', 'node_modules'), target, manifest, log);
  for (const source of await bundledPackages()) {
    await stageLicence(join(PROJECT, source), join(folder, 'licenses'));
  }
}

/** Packages whose code is in a bundle. */
async function bundledPackages(): Promise<Set<string>> {
  const external = ['vscode', ...OUTSIDE];
  const packages = [await reachablePackages(PAGE_SOURCE, { platform: 'browser' })];
  for (const entry of SOURCES) packages.push(await reachablePackages(entry, { external }));
  return new Set(packages.flat());
}

const PROCESSES = ['dist/engine.js', 'dist/index.js'];
const SOURCES = ['src/extension.ts', 'src/engine/main.ts', 'src/index/main.ts'];
const PAGE_SOURCE = 'src/webview/main.tsx';
const PAGE = ['dist/webview/chat.js', 'dist/webview/chat.css'];
const RUNTIME = 'node-llama-cpp';
/** The dependencies that are not part of the bundles. */
const OUTSIDE = [RUNTIME, '@vscode/tree-sitter-wasm'];

/** What concerns the checkout only stays out; `private` would keep the VSIX from being published. */
function published(manifest: Manifest): Record<string, unknown> {
  const left = ['private', 'scripts', 'dependencies', 'devDependencies', 'allowScripts'];
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !left.includes(key)));
}

/** By way of esbuild again, which makes them smaller: the extension in CommonJS, as in `esbuild.config.mjs`. */
async function stageBundles(folder: string, manifest: Manifest): Promise<void> {
  const shared: BuildOptions = {
    absWorkingDir: PROJECT,
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    external: ['vscode', ...OUTSIDE],
    logLevel: 'warning',
  };
  await build({ ...shared, entryPoints: [manifest.main], format: 'cjs', outExtension: { '.js': '.cjs' } });
  await build({ ...shared, entryPoints: [...PROCESSES], format: 'esm' });
}

async function stageBinaries(
  folder: string,
  target: Target,
  manifest: Manifest,
  log: (line: string) => void,
): Promise<void> {
  const lockFile: unknown = JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8'));
  const version = manifest.dependencies[RUNTIME] ?? '';
  for (const name of binaryPackages(target)) {
    const source = await binaryPackage(name, lockedPackage(lockFile, name, version), log);
    await stagePackage(source, join(folder, name));
  }
}

/** Without the packages inside it, which are staged by themselves where they are needed. Modes are kept. */
async function stagePackage(source: string, destination: string): Promise<void> {
  const name = basename(source);
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(source, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    if (path.startsWith('node_modules/') || !isShipped(name, path)) continue;
    await mkdir(join(destination, path, '..'), { recursive: true });
    await copyFile(join(source, path), join(destination, path));
  }
}

/** A bundle holds the package's code, and with it goes its licence. */
async function stageLicence(source: string, folder: string): Promise<void> {
  const file = (await readdir(source)).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${source} has no licence to ship.`);
  await copyFile(join(source, file), join(folder, `${basename(source)}.txt`));
}
