import { clusteredMean, type MeanWithError } from './pairedDifference.ts';
import type { Row } from './row.ts';

/** Figures by name, in the order to be read. */
export type Figures = Readonly<Record<string, string | number>>;

/** Each arm by itself, and pairs of arms held against each other on the places that both were asked about. */
export function figuresOf(rows: readonly Row[]): Figures {
  const figures: Record<string, string | number> = {};
  for (const trace of ['none', 'renamed', 'written', 'elsewhere']) {
    const ofTrace = rows.filter((row) => row.trace === trace);
    const name = trace === 'none' ? '' : `${trace}: `;
    for (const [arm, own] of grouped(ofTrace, 'arm')) {
      figures[`${name}${arm}`] =
        `${mean(own, (row) => row.meanLogProbability).toFixed(4)} nats a token, ${own.length} lines, ` +
        `prompt ${mean(own, (row) => row.promptTokens).toFixed(0)} tokens, ` +
        `suffix ${mean(own, (row) => row.suffixTokens).toFixed(0)}, ` +
        `other files ${mean(own, (row) => row.relatedChars).toFixed(0)} characters`;
    }
    for (const [better, worse] of pairsOf(ofTrace)) {
      figures[`${name}${better} - ${worse}`] = inWords(difference(ofTrace, better, worse));
      if (!isMain(better, worse)) continue;
      for (const by of ['language', 'half', 'repository'] as const) {
        for (const [group, own] of grouped(ofTrace, by)) {
          figures[`${name}${better} - ${worse}, ${group}`] = inWords(difference(own, better, worse));
        }
      }
    }
  }
  return figures;
}

/** In the order of the first row of each. */
function grouped(rows: readonly Row[], by: 'arm' | 'language' | 'half' | 'repository'): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row[by], [...(groups.get(row[by]) ?? []), row]);
  return groups;
}

/** The second arm is what the first one is held against. */
function pairsOf(rows: readonly Row[]): [string, string][] {
  const arms = [...new Set(rows.map(({ arm }) => arm))];
  const pairs = arms.flatMap((arm): [string, string][] => {
    if (arm.startsWith('without ')) return [['engine', arm]];
    if (arm.startsWith('only ')) return [[arm, 'none']];
    if (arm.startsWith('suffix ')) return [[arm, 'engine']];
    return arm === 'engine' ? [] : [['engine', arm]];
  });
  return pairs.filter(([better, worse]) => arms.includes(better) && arms.includes(worse));
}

function isMain(better: string, worse: string): boolean {
  return better === 'engine' && !worse.startsWith('without ');
}

interface Difference extends MeanWithError {
  /** Places where both arms had the same prompt: no difference there. */
  readonly same: number;
}

function difference(rows: readonly Row[], better: string, worse: string): Difference {
  const other = new Map(rows.flatMap((row) => (row.arm === worse ? [[row.place, row] as const] : [])));
  const pairs = rows.flatMap((row) => {
    const held = row.arm === better ? other.get(row.place) : undefined;
    return held ? [{ row, held }] : [];
  });
  const values = pairs.map(({ row, held }) => {
    return { cluster: row.file, value: row.meanLogProbability - held.meanLogProbability };
  });
  return {
    ...clusteredMean(values),
    same: pairs.filter(({ row, held }) => row.prompt === held.prompt).length,
  };
}

function inWords({ mean, twoStandardErrors, count, same }: Difference): string {
  const sign = mean < 0 ? '' : '+';
  return `${sign}${mean.toFixed(4)} ± ${twoStandardErrors.toFixed(4)} (${count} lines, ${same} with the same prompt)`;
}

function mean(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
}
