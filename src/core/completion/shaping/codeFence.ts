import { linePrefix } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

const OPENS = /^[ \t]*(```+|~~~+)[ \t]*[\w+#.-]*[ \t]*$/;
const CLOSES = /^[ \t]*(?:```+|~~~+)[ \t]*$/;
const MAY_OPEN = /^[ \t]*(?:`{1,2}|~{1,2}|(?:```+|~~~+)[^\n]*)?$/;

/**
 * Takes the code out of the Markdown fence that an instruct model puts around it, and nothing of what it says after.
 * In prose a fence is part of the text.
 */
export const codeFence: Filter = {
  name: 'code fence',
  apply(text: string, { view, language, complete }: ShapeContext): Filtered {
    if (language.prose) return { text, final: false };
    const lines = text.split('\n');
    const first = lines.findIndex((line) => line.trim() !== '');
    if (first < 0) return { text, final: false };
    const isWhole = complete || first < lines.length - 1;
    if (!isWhole && MAY_OPEN.test(lines[first] ?? '')) return { text: '', final: false };
    const start = OPENS.test(lines[first] ?? '') ? first + 1 : 0;
    const end = lines.findIndex((line, index) => {
      return index >= start && CLOSES.test(line) && (complete || index < lines.length - 1);
    });
    const code = end < 0 ? lines.slice(start) : lines.slice(start, end);
    if (start === 0) return { text: code.join('\n'), final: end >= 0 };
    return { text: withMargin(code, linePrefix(view)).join('\n'), final: end >= 0 };
  },
};

/** A fenced block begins at its own left margin: its lines are moved to the cursor's. */
function withMargin(code: readonly string[], before: string): readonly string[] {
  if (before.trim() !== '' || before === '') return code;
  return code.map((line, index) => (index === 0 || line.trim() === '' ? line : before + line));
}
