import type { AnswerSummary } from './recentAnswers.ts';

/** One heading with a list of facts, or with lines as they are. */
export interface ReportSection {
  readonly title: string;
  /** Facts that are undefined are left out. */
  readonly facts?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly lines?: readonly string[];
}

/** The sections as a Markdown document. */
export function renderReport(sections: readonly ReportSection[], hide: (text: string) => string): string {
  const parts = sections.map(({ title, facts = {}, lines }) => {
    const rows = Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `- ${name}: ${oneLine(String(value))}`);
    const block = lines && lines.length > 0 ? ['```text', ...lines.map(oneLine), '```'] : [];
    const body = [...rows, ...(rows.length > 0 && block.length > 0 ? [''] : []), ...block];
    return [`## ${title}`, '', ...(body.length > 0 ? body : ['none'])].join('\n');
  });
  return hide(`# Deepwell diagnosis\n\n${parts.join('\n\n')}\n`);
}

/** The last answers, each a line of numbers. */
export function answerLines(answers: readonly AnswerSummary[]): string[] {
  return answers.map(({ agoMs, from, reason, shown, elapsedMs, firstTextMs }) => {
    const columns = [
      `${Math.round(agoMs / 1000)} s ago`.padStart(12),
      from.padEnd(10),
      (reason ?? (shown ? 'shown' : 'nothing')).padEnd(16),
      `${elapsedMs.toFixed(1)} ms`.padStart(11),
      firstTextMs === undefined ? '' : `  first text after ${Math.round(firstTextMs)} ms`,
    ];
    return columns.join(' ').trimEnd();
  });
}

/** A fence or a heading inside a value would end the block it stands in. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll('```', "'''");
}
