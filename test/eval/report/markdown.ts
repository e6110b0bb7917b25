import type { ModelReport } from './modelReport.ts';
import type { SuiteFigures } from './suiteFigures.ts';

/** All models in one table, and below it what they and the machine were. */
export function markdown(reports: readonly ModelReport[]): string {
  const rows = reports.flatMap(({ run, suites }) => suites.map((figures) => row(run.model.name, figures)));
  return `${table(HEAD, rows)}\n${reports.map(about).join('')}`;
}

const HEAD = ['model', 'suite', 'language', 'samples', 'score, % [95 %]', 'published, %', 'tokens/s'];

function row(model: string, figures: SuiteFigures): string[] {
  const { suite, metric, group, tasks, samples, judged, score, tokensPerSecond, published } = figures;
  return [
    model,
    `${suite} (${metric})`,
    group,
    `${samples} of ${tasks}${judged < samples ? `, ${samples - judged} not judged` : ''}${remarks(figures)}`,
    judged === 0 ? '' : `${percent(score.mean)} [${percent(score.low)}, ${percent(score.high)}]`,
    published.map(({ model: name, percent: each }) => `${name} ${each.toFixed(1)}`).join(', '),
    tokensPerSecond === undefined ? '' : tokensPerSecond.toFixed(1),
  ];
}

function remarks({ tooLong, cutOff }: SuiteFigures): string {
  return `${tooLong > 0 ? `, ${tooLong} too long to ask` : ''}${cutOff > 0 ? `, ${cutOff} cut off` : ''}`;
}

function about({ run: { model, engine, contextTokens, threads, seed, processor } }: ModelReport): string {
  return (
    `- ${model.name}: \`${model.file}\`, ${model.quantization}, ${model.architecture}, ${model.sizeBytes} bytes, SHA-256 ` +
    `\`${model.sha256}\`; ${engine}; context ${contextTokens}, ${threads} thread(s), ${processor}; seed ${seed}.\n`
  );
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |\n`)
    .join('');
}

/** Names of models are the file's own, and may hold anything. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
