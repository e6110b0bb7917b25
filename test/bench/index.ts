import { cp, glob, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PROJECT } from '../support/paths.ts';
import { RealIndex } from '../support/realIndex.ts';
import { TemporaryFolder } from '../support/temporaryFolder.ts';
import { generateWorkspace, nameIn } from './generatedWorkspace.ts';
import { UnsteadyMachine } from './reference.ts';
import { median, quantile, rounded } from '../support/measure/statistics.ts';

const GENERATED_FILES = 10_000;
const QUERIES = 200;
const CHANGES = 30;
/** Between two queries while the index is being made: as if someone typed. */
const QUERY_EVERY_MS = 50;

/** What is indexed: its folder, code files in it by path, and names they may define. */
interface Workspace {
  readonly root: string;
  readonly paths: readonly string[];
  readonly nameAt: (at: number) => string;
}

/**
 * The index in its own process on a generated workspace and on the `extensions` folder of VS Code's server: the first
 * index, one with nothing to do, one changed file, queries after and meanwhile, memory, and the delay of the event loop of
 * the process that asks, which plays the extension host.
 */
export async function index(): Promise<Record<string, number>> {
  const generated = await TemporaryFolder.with();
  const extensions = await TemporaryFolder.with();
  try {
    const paths = await generateWorkspace(generated.path, GENERATED_FILES);
    const workspace = { root: generated.path, paths, nameAt: (at: number) => nameIn(at * 37, 0) };
    const figures = await measure('generated', workspace);
    return { ...figures, ...(await measure('extensions', await copyExtensions(extensions.path))) };
  } finally {
    await generated.remove();
    await extensions.remove();
  }
}

async function measure(label: string, workspace: Workspace): Promise<Record<string, number>> {
  let real = await RealIndex.on(workspace.root);
  try {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const startedMs = performance.now();
    const walking = real.connection.walk({ excludes: [] }, () => undefined, new AbortController().signal);
    let isWalking = true;
    const ended = walking.finally(() => (isWalking = false));
    const meanwhileMs: number[] = [];
    for (let at = 0; isWalking; at++) {
      meanwhileMs.push(await queryMs(real, workspace, at));
      await new Promise((resolve) => setTimeout(resolve, QUERY_EVERY_MS));
    }
    const { files } = await ended;
    const firstMs = performance.now() - startedMs;
    delay.disable();
    const { peakMemoryBytes } = await real.connection.request('status', {});
    const databaseBytes = (await stat(real.databasePath)).size;

    const queriesMs: number[] = [];
    for (let at = 0; at < QUERIES; at++) queriesMs.push(await queryMs(real, workspace, at));
    const changesMs: number[] = [];
    for (let at = 0; at < CHANGES; at++) changesMs.push(await changeMs(real, workspace, at));

    real = await real.reopen(workspace.root);
    const resumedAtMs = performance.now();
    const resumed = await real.connection.walk(
      { excludes: [] },
      () => undefined,
      new AbortController().signal,
    );
    const figures = {
      files,
      firstIndexS: firstMs / 1_000,
      resumedIndexS: (performance.now() - resumedAtMs) / 1_000,
      resumedReadFiles: resumed.readFiles,
      changedFileP50Ms: median(changesMs),
      changedFileP95Ms: quantile(changesMs, 0.95),
      queryP50Ms: median(queriesMs),
      queryP95Ms: quantile(queriesMs, 0.95),
      queryWhileIndexingP95Ms: quantile(meanwhileMs, 0.95),
      peakMemoryMb: peakMemoryBytes / 1e6,
      databaseMb: databaseBytes / 1e6,
      askerDelayP99Ms: delay.percentile(99) / 1e6,
    };
    return Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [`${label}: ${name}`, rounded(value)]),
    );
  } finally {
    await real.dispose();
  }
}

/** The three kinds of queries in turn, each as a completion would ask. */
async function queryMs({ connection }: RealIndex, workspace: Workspace, at: number): Promise<number> {
  const path = workspace.paths[(at * 7_919) % workspace.paths.length] ?? '';
  const place = { root: workspace.root, path };
  const text = (await readFile(join(workspace.root, path), 'utf8')).slice(0, 1_500);
  const askedMs = performance.now();
  if (at % 3 === 0) {
    const names = Array.from({ length: 10 }, (_, each) => workspace.nameAt(at + each));
    await connection.request('definitions', { names, place, limit: 20 });
  } else if (at % 3 === 1) {
    await connection.request('similar', { text, place, limit: 10 });
  } else {
    await connection.request('neighbours', { place });
  }
  return performance.now() - askedMs;
}

/** From the moment a file has been written until the index knows. Its content is put back. */
async function changeMs({ connection }: RealIndex, workspace: Workspace, at: number): Promise<number> {
  const path = workspace.paths[(at * 104_729) % workspace.paths.length] ?? '';
  const file = join(workspace.root, path);
  const places = [{ root: workspace.root, path }];
  const before = await readFile(file);
  try {
    await writeFile(file, Buffer.concat([before, Buffer.from(`\n// change ${at}\n`)]));
    const askedMs = performance.now();
    await connection.request('filesChanged', { places });
    return performance.now() - askedMs;
  } finally {
    await writeFile(file, before);
    await connection.request('filesChanged', { places });
  }
}

/** In a copy: files are changed, and the server is there for others too. */
async function copyExtensions(copy: string): Promise<Workspace> {
  const pattern = '.vscode-test/server-*/node_modules/code-server/lib/vscode/extensions';
  for await (const found of glob(pattern, { cwd: PROJECT })) {
    const isOwn = (path: string): boolean => basename(path) !== 'node_modules';
    await cp(join(PROJECT, found), copy, { recursive: true, filter: isOwn });
    const paths: string[] = [];
    for await (const path of glob('**/*.{js,ts,py}', { cwd: copy })) paths.push(path);
    return {
      root: copy,
      paths,
      nameAt: (at) => ['activate', 'dispose', 'create', 'parse', 'format'][at % 5] ?? '',
    };
  }
  throw new UnsteadyMachine('There is no VS Code server: npm test installs it.');
}
