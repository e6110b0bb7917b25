import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { nullLog } from '../../src/base/log.ts';
import { probedTexts } from '../../src/core/completion/chooseFimFormat.ts';
import { forkProcess } from '../../src/host/forkProcess.ts';
import { IndexHost } from '../../src/host/indexHost.ts';
import { INDEX_ENTRY } from '../support/realIndex.ts';
import { READY } from '../support/scriptedModel.ts';
import { TemporaryFolder } from '../support/temporaryFolder.ts';
import { generateWorkspace } from './generatedWorkspace.ts';
import { type Counted, CountedLane } from './kv/countedLane.ts';
import { Typist } from './kv/typist.ts';
import { median, quantile, rounded } from '../support/measure/statistics.ts';

const SMALL_FILES = 1_000;
const LARGE_FILES = 10 * SMALL_FILES;

const MODEL = { ...READY, contextTokens: 8_192 };
const OPEN_FILES = 4;
const FILES_IN_AN_OPEN_ONE = 8;
const JUMPS = 24;
const KEYS_PER_JUMP = 15;

/** The same keys in a workspace and in one ten times larger, of which it is a part, each with its own index process. */
export async function growth(): Promise<Record<string, number>> {
  const small = await figuresOf(SMALL_FILES);
  const large = await figuresOf(LARGE_FILES);
  const named = (label: string, figures: Record<string, number>) =>
    Object.entries(figures).map(([name, value]) => [`${label}: ${name}`, rounded(value)] as const);
  const ratios = Object.entries(large).map(
    ([name, value]) => [`ratio: ${name}`, rounded(value / (small[name] ?? NaN))] as const,
  );
  return Object.fromEntries([
    ...named(`${SMALL_FILES} files`, small),
    ...named(`${LARGE_FILES} files`, large),
    ...ratios,
  ]);
}

async function figuresOf(fileCount: number): Promise<Record<string, number>> {
  const workspace = await TemporaryFolder.with();
  const storage = await TemporaryFolder.with();
  const index = new IndexHost({
    fork: () => forkProcess(INDEX_ENTRY, join(storage.path, 'index.log')),
    whenQuiet: async () => undefined,
    version: 'bench',
    log: nullLog,
  });
  try {
    const paths = await generateWorkspace(workspace.path, fileCount);
    index.configure({
      database: join(storage.path, 'index.db'),
      folders: [{ uri: 'file:///', path: workspace.path }],
      excludes: [],
    });
    await ready(index);
    const open = await openFiles(workspace.path, paths.slice(0, SMALL_FILES));
    const lane = new CountedLane([...open.values()].join(''), probedTexts(), MODEL.contextTokens);
    return await type(new Typist(open, MODEL, lane, 'ours', index), [...open.keys()]);
  } finally {
    await index.stop();
    index.dispose();
    await workspace.remove();
    await storage.remove();
  }
}

/** Documents that are new, made of what stands in files of the workspace: they use what is defined there. */
async function openFiles(root: string, paths: readonly string[]): Promise<Map<string, string>> {
  const scripts = paths.filter((path) => path.endsWith('.ts'));
  const open = new Map<string, string>();
  for (let file = 0; file < OPEN_FILES; file++) {
    const parts = scripts.filter((_, at) => at % 97 === file).slice(0, FILES_IN_AN_OPEN_ONE);
    const texts = await Promise.all(parts.map((path) => readFile(join(root, path), 'utf8')));
    open.set(`area0/open${file}.ts`, texts.join('\n'));
  }
  return open;
}

async function type(typist: Typist, files: readonly string[]): Promise<Record<string, number>> {
  const keys: Counted[] = [];
  const keysMs: number[] = [];
  const pausesMs: number[] = [];
  for (let jump = 0; jump < JUMPS; jump++) {
    const file = files[jump % files.length] ?? '';
    const typed = Math.floor(jump / files.length) * KEYS_PER_JUMP;
    const pausedMs = performance.now();
    await typist.pause(file, typed);
    pausesMs.push(performance.now() - pausedMs);
    for (let key = 1; key <= KEYS_PER_JUMP; key++) {
      const startedMs = performance.now();
      keys.push(await typist.key(file, typed + key));
      keysMs.push(performance.now() - startedMs);
    }
  }
  return {
    keyP50Ms: median(keysMs),
    keyP95Ms: quantile(keysMs, 0.95),
    keyTokens: keys.reduce((sum, { evaluatedTokens }) => sum + evaluatedTokens, 0) / keys.length,
    promptTokens: median(keys.map(({ promptTokens }) => promptTokens)),
    pauseP50Ms: median(pausesMs),
    pauseTokens: typist.idleTokens / JUMPS,
  };
}

async function ready(index: IndexHost): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const listener = index.onDidChangeState((state) => {
      if (state.kind === 'ready') resolve();
      else if (state.kind === 'failed') reject(new Error(state.message));
      else return;
      listener.dispose();
    });
  });
}
