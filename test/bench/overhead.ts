import { ask } from './ask.ts';
import { type BareModel, bareModel } from './bareModel.ts';
import { sampleCode } from './sampleCode.ts';
import { median, rounded } from '../support/measure/statistics.ts';
import { withEngine } from './withEngine.ts';

const PROMPT_TOKENS = 1_000;
const COLD_ROUNDS = 7;
const WARM_ROUNDS = 40;

/**
 * First token through the whole engine path (host, process boundary, lane) against node-llama-cpp used bare in this
 * process, alternating in one run; with the engine's own context options, and against the library's defaults.
 */
export async function overhead(): Promise<Record<string, number>> {
  const same = await against(false);
  const defaults = await against('auto');
  return {
    coldBareMs: same.coldBareMs,
    coldRatio: same.coldRatio,
    coldRatioToLibraryDefaults: defaults.coldRatio,
    warmBareMs: same.warmBareMs,
    warmMoreMs: same.warmMoreMs,
    warmMoreMsThanLibraryDefaults: defaults.warmMoreMs,
  };
}

async function against(flashAttention: false | 'auto') {
  const bare = await bareModel(flashAttention);
  try {
    return await withEngine(async (_engine, loaded) => {
      const cold: { bare: number; ours: number }[] = [];
      for (let round = 0; round <= COLD_ROUNDS; round++) {
        const { text, tokens } = prompt(bare, `// cold ${round}\n`);
        const times = { bare: await bare.coldMs(tokens), ours: (await ask(loaded, text)).firstTextMs };
        if (round > 0) cold.push(times);
      }
      const warm = await warmRounds(bare, async (text) => (await ask(loaded, text)).firstTextMs);
      return {
        coldBareMs: rounded(median(cold.map((each) => each.bare))),
        coldRatio: rounded(median(cold.map((each) => each.ours / each.bare))),
        warmBareMs: rounded(median(warm.map((each) => each.bare))),
        warmMoreMs: rounded(median(warm.map((each) => each.ours - each.bare))),
      };
    });
  } finally {
    await bare.dispose();
  }
}

/** The same prompt growing by a short statement at a time, as it does while someone types. */
async function warmRounds(bare: BareModel, ours: (text: string) => Promise<number>) {
  const start = prompt(bare, '// warm\n');
  let text = start.text;
  let cached = start.tokens;
  await bare.coldMs(cached);
  await ours(text);
  const times: { bare: number; ours: number }[] = [];
  for (let round = 0; round < WARM_ROUNDS; round++) {
    text += `\nlet v${round} = ${round};`;
    const all = bare.model.tokenize(text, false);
    const kept = cached.findIndex((token, index) => all[index] !== token);
    if (kept >= 0)
      throw new Error('The appended text changed earlier tokens: the bare side would evaluate more.');
    times.push({ bare: await bare.warmMs(all.slice(cached.length)), ours: await ours(text) });
    cached = all;
  }
  return times;
}

function prompt(bare: BareModel, first: string) {
  const all = bare.model.tokenize(first + sampleCode(12_000), false);
  const text = bare.model.detokenize(all.slice(0, PROMPT_TOKENS), false);
  return { text, tokens: bare.model.tokenize(text, false) };
}
