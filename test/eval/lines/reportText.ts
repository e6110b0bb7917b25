import type { Estimate } from '../clusterBootstrap.ts';
import type { Group } from './compare.ts';
import type { Figures } from './figures.ts';

/** The groups as Markdown: one table of figures, and where predictors are compared one of differences. */
export function reportText(groups: readonly Group[]): string {
  const figures = groups.flatMap(({ title, holes, files, predictors }) =>
    predictors.map(({ name, figures }) => [title, `${holes} / ${files}`, name, ...cells(figures)]),
  );
  const differences = groups.flatMap(({ title, predictors: [first], differences }) =>
    differences.map(({ name, exact }) => [title, `${first?.name} − ${name}`, percentPoints(exact)]),
  );
  const text = table(
    [
      'holes',
      'n / files',
      'predictor',
      'exact match, % [95 %]',
      'edit similarity, % [95 %]',
      'parses, % (of n)',
      'shown, %',
      'first token, ms',
      'tokens/s',
    ],
    figures,
  );
  if (differences.length === 0) return text;
  return `${text}\n${table(['holes', 'exact match', 'difference, percentage points [95 %]'], differences)}`;
}

function cells({ exact, similarity, parses, shown, firstTokenMs, tokensPerSecond }: Figures): string[] {
  return [
    percentPoints(exact),
    percentPoints(similarity),
    parses.of > 0 ? `${percent(parses.share)} (${parses.of})` : '',
    percent(shown),
    firstTokenMs === undefined ? '' : firstTokenMs.toFixed(0),
    tokensPerSecond === undefined ? '' : tokensPerSecond.toFixed(1),
  ];
}

function percentPoints({ mean, low, high }: Estimate): string {
  return `${percent(mean)} [${percent(low)}, ${percent(high)}]`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1).replace('-', '−');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
}
