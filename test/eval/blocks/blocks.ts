import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { shape } from '../../../src/core/completion/shaping/shape.ts';
import { SUFFIX_WINDOW_CHARS } from '../../../src/core/completion/view.ts';
import { languageOf } from '../../../src/core/languages/languageOf.ts';
import { grammarOf, GRAMMARS } from '../../../src/index/syntax/grammars.ts';
import { viewOfText } from '../../support/viewOfText.ts';
import { EvalProblem } from '../../support/measure/evalProblem.ts';
import { Syntax } from '../lines/syntax.ts';
import { table } from '../lines/reportText.ts';
import { type BlockHole, blockHoles } from './blockHoles.ts';

const USAGE = 'Usage: npm run eval -- blocks FOLDER…';

/** As much as a model would write at most, in characters. */
const WRITTEN_CHARS = 4_000;

type End = 'same' | 'shorter' | 'longer' | 'nothing';

/** Where suggestions end that a scripted model goes on writing, as Markdown on stdout. */
export async function blocks(folders: string[]): Promise<void> {
  if (folders.length === 0) throw new EvalProblem(USAGE);
  const syntax = await Syntax.load(GRAMMARS);
  const counts = new Map</* language, place */ string, Record<End, number>>();
  for (const folder of folders) {
    for (const path of await readdir(folder, { recursive: true })) {
      const grammar = grammarOf(extname(path).slice(1).toLowerCase());
      if (grammar === undefined) continue;
      const text = (await readFile(join(folder, path), 'utf8').catch(() => '')).replaceAll('\r\n', '\n');
      for (const hole of syntax.withTree(text, grammar, (root) => blockHoles(text, root))) {
        const key = `${languageOf({ languageId: '', path }).name}, ${hole.place}`;
        const count = counts.get(key) ?? { same: 0, shorter: 0, longer: 0, nothing: 0 };
        count[endAt(hole, text, path)]++;
        counts.set(key, count);
      }
    }
  }
  const rows = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([key, count]) => row(key, count));
  const all = { same: 0, shorter: 0, longer: 0, nothing: 0 };
  for (const count of counts.values()) {
    for (const end of ['same', 'shorter', 'longer', 'nothing'] as const) all[end] += count[end];
  }
  process.stdout.write(
    table(['blocks', 'n', 'same end, %', 'shorter', 'longer', 'nothing'], [...rows, row('all', all)]),
  );
}

/** How the suggestion at a hole ends, white space aside, where the model writes what really follows. */
export function endAt({ start, end }: BlockHole, text: string, path: string): End {
  const shaped = shape({
    view: viewOfText(text.slice(0, start) + text.slice(end, end + SUFFIX_WINDOW_CHARS), start, {
      path,
      languageId: '',
    }),
    written: text.slice(start, start + WRITTEN_CHARS),
    complete: false,
    options: { multiline: 'auto' },
  });
  if (shaped.kind === 'nothing') return 'nothing';
  const [got, wanted] = [shaped.text, text.slice(start, end)].map((each) => each.replace(/\s+/g, ''));
  if (got === wanted) return 'same';
  return (got ?? '').length < (wanted ?? '').length ? 'shorter' : 'longer';
}

function row(key: string, { same, shorter, longer, nothing }: Readonly<Record<End, number>>): string[] {
  const n = same + shorter + longer + nothing;
  return [key, String(n), ...[same, shorter, longer, nothing].map((each) => ((100 * each) / n).toFixed(1))];
}
