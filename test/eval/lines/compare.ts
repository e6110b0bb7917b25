import type { Estimate } from '../clusterBootstrap.ts';
import { differenceOf, type Figures, figuresOf, type Judged } from './figures.ts';
import { fileOf, type Hole, KINDS, LANGUAGES } from './hole.ts';
import type { Result } from './result.ts';
import { score, type Suggested } from './score.ts';

/** One predictor's results under the name it has in the report. */
export interface Named {
  readonly name: string;
  readonly results: readonly Result[];
}

/** All predictors on the same holes. */
export interface Group {
  /** `typescript, line`, or `all`. */
  readonly title: string;
  readonly holes: number;
  readonly files: number;
  readonly predictors: readonly { readonly name: string; readonly figures: Figures }[];
  /** Share of exact matches of the first predictor minus that of another. */
  readonly differences: readonly { readonly name: string; readonly exact: Estimate }[];
}

/**
 * Predictors side by side, by language and kind and over all, on the holes that every one of them has a result for:
 * a run that was cut short must not be compared on the easier half.
 */
export function compare(
  holes: readonly Hole[],
  named: readonly Named[],
  parsesWith: (hole: Hole, suggested: Suggested) => boolean | undefined,
): Group[] {
  const byId = named.map(({ results }) => new Map(results.map((result) => [result.id, result])));
  const rows = holes.flatMap((hole): Row[] => {
    const results = byId.flatMap((each) => each.get(hole.id) ?? []);
    if (results.length < named.length) return [];
    const judged = results.map((result) => ({
      file: fileOf(hole),
      score: score(hole, result),
      parses: parsesWith(hole, result),
      result,
    }));
    return [{ hole, judged }];
  });
  const names = named.map(({ name }) => name);
  const parts = LANGUAGES.flatMap((language) =>
    KINDS.map((kind) =>
      groupOf(
        `${language}, ${kind}`,
        names,
        rows.filter(({ hole }) => hole.language === language && hole.kind === kind),
      ),
    ),
  );
  return [...parts, groupOf('all', names, rows)].filter((group) => group.holes > 0);
}

/** A hole and how each predictor did at it, in the order of their names. */
interface Row {
  readonly hole: Hole;
  readonly judged: readonly Judged[];
}

function groupOf(title: string, names: readonly string[], rows: readonly Row[]): Group {
  const columns = names.map((name, index) => ({
    name,
    judged: rows.flatMap(({ judged }) => judged[index] ?? []),
  }));
  const [first, ...others] = columns;
  return {
    title,
    holes: rows.length,
    files: new Set(rows.map(({ hole }) => fileOf(hole))).size,
    predictors: columns.map(({ name, judged }) => ({ name, figures: figuresOf(judged) })),
    differences: others.map(({ name, judged }) => ({
      name,
      exact: differenceOf(first?.judged ?? [], judged),
    })),
  };
}
