import type { ModelReport } from './modelReport.ts';
import type { SuiteFigures } from './suiteFigures.ts';

const LABEL_WIDTH = 300;
const BAR_WIDTH = 400;
const BAR_HEIGHT = 14;
const GAP = 6;
const MARGIN = 16;

interface Bar {
  readonly label: string;
  /** All three from 0 to 1. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly color: string;
}

const COLORS = ['#2f6fb0', '#b0562f', '#4c8c4a', '#7b5aa6'];
const PUBLISHED_COLOR = '#a0a0a0';

/** Scores as bars from 0 to 100 %, with their intervals as lines and what was published below them in grey. SVG. */
export function chart(reports: readonly ModelReport[]): string {
  const bars = reports.flatMap(({ run, suites }, index) =>
    suites.flatMap((figures) => barsOf(run.model.name, figures, COLORS[index % COLORS.length] ?? '')),
  );
  const width = 2 * MARGIN + LABEL_WIDTH + BAR_WIDTH + 60;
  const height = 2 * MARGIN + bars.length * (BAR_HEIGHT + GAP);
  const rows = bars.map((bar, index) => drawn(bar, MARGIN + index * (BAR_HEIGHT + GAP)));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="11">\n` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>\n${rows.join('')}</svg>\n`
  );
}

function barsOf(
  model: string,
  { suite, group, judged, score, published }: SuiteFigures,
  color: string,
): Bar[] {
  if (judged === 0) return [];
  const label = `${suite}, ${group}`;
  return [
    { label: `${model}: ${label}`, value: score.mean, low: score.low, high: score.high, color },
    ...published.map(({ model: name, percent }) => {
      const value = percent / 100;
      return { label: `${name}: ${label}`, value, low: value, high: value, color: PUBLISHED_COLOR };
    }),
  ];
}

function drawn({ label, value, low, high, color }: Bar, top: number): string {
  const left = MARGIN + LABEL_WIDTH;
  const middle = top + BAR_HEIGHT / 2;
  const at = (share: number): string => (left + BAR_WIDTH * share).toFixed(1);
  return (
    `<text x="${left - 8}" y="${middle + 4}" text-anchor="end">${escaped(label)}</text>\n` +
    `<rect x="${left}" y="${top}" width="${(BAR_WIDTH * value).toFixed(1)}" height="${BAR_HEIGHT}" fill="${color}"/>\n` +
    `<line x1="${at(low)}" x2="${at(high)}" y1="${middle}" y2="${middle}" stroke="#202020"/>\n` +
    `<text x="${left + BAR_WIDTH + 8}" y="${middle + 4}">${(100 * value).toFixed(1)} %</text>\n`
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
