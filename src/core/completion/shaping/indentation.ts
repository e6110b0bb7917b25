import { indentUnit, usesTabs } from '../indentation.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** Columns of a level in a text that indents with spaces and does not tell. */
const DEFAULT_UNIT = 4;

/** Lines after the first are indented with what the document is indented with. The first begins behind the cursor. */
export const indentation: Filter = {
  name: 'indentation',
  apply(text: string, { view }: ShapeContext): Filtered {
    const tabs = usesTabs(view);
    const [first = '', ...others] = text.split('\n');
    if (tabs === undefined || others.length === 0) return { text, final: false };
    const converted = tabs ? withTabs(others) : withSpaces(others, ' '.repeat(indentUnit(view)));
    return { text: [first, ...converted].join('\n'), final: false };
  },
};

function withSpaces(lines: readonly string[], unit: string): string[] {
  return lines.map((line) => line.replace(/^[ \t]+/, (leading) => leading.replaceAll('\t', unit)));
}

function withTabs(lines: readonly string[]): string[] {
  const widths = lines.map((line) => /^ +/.exec(line)?.[0].length ?? 0).filter((width) => width > 1);
  const unit = widths.length === 0 ? DEFAULT_UNIT : Math.min(...widths);
  // Spaces that make no level stand for alignment.
  const levels = (spaces: string): string =>
    '\t'.repeat(Math.floor(spaces.length / unit)) + ' '.repeat(spaces.length % unit);
  return lines.map((line) => line.replace(/^ {2,}/, levels));
}
