import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { probedTexts } from '../../../src/core/completion/chooseFimFormat.ts';
import { PROJECT } from '../../support/paths.ts';
import { READY } from '../../support/scriptedModel.ts';
import { median, quantile, rounded } from '../../support/measure/statistics.ts';
import { type Counted, CountedLane } from './countedLane.ts';
import { Typist } from './typist.ts';

/** Makes prompts of about 16,000 tokens: texts have fewer than the packer allows for. */
const MODEL = { ...READY, contextTokens: 20_000 };

const KEYS = 200;
const KEYS_BETWEEN_PAUSES = 25;
const JUMPS = 20;
const KEYS_PER_JUMP = 10;
const LONG_FILES = 3;
const LONG_FILE_CHARS = 60_000;

/**
 * What a key costs in tokens: 200 of them at one place, with a pause after each 25, then 20 jumps between files, with a
 * pause and ten keys at each. The lane is the real one; its model counts. Our packing against one by score at each request.
 */
export async function kv(): Promise<Record<string, number>> {
  return { ...(await figuresOf('ours')), ...(await figuresOf('byScore')) };
}

async function figuresOf(packer: 'ours' | 'byScore'): Promise<Record<string, number>> {
  const files = workspace();
  const long = [...files.keys()].filter((path) => path.startsWith('long/'));
  const [first = ''] = long;
  const lane = new CountedLane([...files.values()].join(''), probedTexts(), MODEL.contextTokens);
  const typist = new Typist(files, MODEL, lane, packer);

  await typist.pause(first, 0);
  typist.idleTokens = 0;
  const keys: Counted[] = [];
  for (let key = 1; key <= KEYS; key++) {
    keys.push(await typist.key(first, key));
    if (key % KEYS_BETWEEN_PAUSES === 0) await typist.pause(first, key);
  }
  const pauseTokens = typist.idleTokens / (KEYS / KEYS_BETWEEN_PAUSES);

  typist.idleTokens = 0;
  const jumps: Counted[] = [];
  for (let jump = 0; jump < JUMPS; jump++) {
    const file = long[(jump + 1) % long.length] ?? first;
    const typed = (file === first ? KEYS : 0) + Math.floor(jump / long.length) * KEYS_PER_JUMP;
    await typist.pause(file, typed);
    for (let key = 1; key <= KEYS_PER_JUMP; key++) jumps.push(await typist.key(file, typed + key));
  }
  const figures = {
    PromptTokens: median(keys.map(({ promptTokens }) => promptTokens)),
    ...costs('Key', keys),
    PauseTokens: pauseTokens,
    ...costs('JumpKey', jumps),
    JumpPauseTokens: typist.idleTokens / JUMPS,
  };
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [packer + name, rounded(value)]));
}

function costs(name: string, keys: readonly Counted[]): Record<string, number> {
  const evaluated = keys.map(({ evaluatedTokens }) => evaluatedTokens);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    [`${name}P50Tokens`]: median(evaluated),
    [`${name}P95Tokens`]: quantile(evaluated, 0.95),
    [`${name}SuffixP50Tokens`]: median(keys.map(({ suffixTokens }) => suffixTokens)),
    [`${name}ReusedShare`]:
      sum(keys.map(({ reusedTokens }) => reusedTokens)) / sum(keys.map(({ promptTokens }) => promptTokens)),
  };
}

/** Our own sources, and a few long files made of our tests: these use what is defined in those. */
function workspace(): Map</* path */ string, string> {
  const files = new Map(read('src'));
  const tests = read('test/unit').map(([, text]) => text);
  for (let file = 0; file < LONG_FILES; file++) {
    let text = '';
    while (text.length < LONG_FILE_CHARS) text += tests.shift() ?? '';
    files.set(`long/file${file}.test.ts`, text);
  }
  return files;
}

function read(folder: string): [path: string, text: string][] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => [`${folder}/${path}`, readFileSync(join(PROJECT, folder, path), 'utf8')]);
}
