import type { ExcerptReport, RefreshReport } from '../context/refreshReport.ts';
import type { CompletionResult, Prompt, PromptPiece } from '../ports/model.ts';
import type { Inspected, InspectedGeneration } from './inspected.ts';
import { fenced, inline, table } from './markdown.ts';
import { outcome, placeOf } from './outcome.ts';

/** Of a stretch of the prompt, so much is shown in the table. */
const SHOWN_CHARS = 48;

/** A request from the context that was gathered to the tokens that came back, as a Markdown document. */
export function renderLastRequest({ view, trigger, answer, generation, related, model }: Inspected): string {
  const lines = [
    '# Deepwell: last request',
    '',
    `${placeOf(view)}, ${view.languageId}, ${trigger} trigger: ${outcome(answer)}.`,
    '',
  ];
  if (model) {
    const { name, backend, gpuLayers, contextTokens, format } = model;
    const where = gpuLayers > 0 ? `${backend}, ${gpuLayers} layers on the GPU` : 'on the processor';
    const how = format ? `fills in the middle (${format.name}, ${format.order})` : 'only continues text';
    lines.push(`Model: ${name}, ${where}, ${contextTokens} tokens of context, ${how}.`, '');
  }
  if (generation) lines.push(...renderTimes(generation), ...renderPrompt(generation));
  if (related) lines.push(...renderRelated(related));
  if (generation?.prompt) {
    lines.push('## The prompt as the model got it', '', ...fenced(textOf(generation.prompt)), '');
  }
  return lines.join('\n');
}

function renderTimes({ times, result }: InspectedGeneration): string[] {
  const { wantedMs, askedMs, firstTextMs, lastTextMs, finalMs } = times;
  const rows: [string, string][] = [['waiting for a pause in typing', ms(askedMs - wantedMs)]];
  if (result) rows.push(['reading the prompt', ms(result.prefillMs)]);
  if (firstTextMs !== undefined) {
    rows.push(['from the request to the first text', ms(firstTextMs - askedMs)]);
    rows.push(['from the first to the last text that was needed', ms(lastTextMs - firstTextMs)]);
    rows.push(['from there to the suggestion', ms(finalMs - lastTextMs)]);
  }
  return ['## Time', '', ...table(['', 'ms'], rows), ''];
}

function renderPrompt({ prompt, result }: InspectedGeneration): string[] {
  if (!prompt) return [];
  const heading = result
    ? `## Prompt: ${result.promptTokens} tokens, ${result.reusedTokens} reused, ${result.evaluatedTokens} evaluated, ${result.generatedTokens} generated`
    : '## Prompt';
  const rows = prompt.pieces.map((piece, index) => {
    const state = result ? reuse(result, index) : '';
    return [index + 1, kind(piece), excerpt(contentOf(piece)), result?.partTokens[index] ?? '', state];
  });
  const healed =
    prompt.heal === '' ? [] : ['', `The model wrote the unfinished word again: ${inline(prompt.heal)}.`];
  return [heading, '', ...table(['', 'part', 'text', 'tokens', ''], rows), ...healed, ''];
}

/** Which part of the tokens of a piece was in the KV cache already. */
function reuse({ promptTokens, partTokens, reusedTokens }: CompletionResult, index: number): string {
  const sum = (parts: readonly number[]): number => parts.reduce((total, each) => total + each, 0);
  // What the model's file wants in front of everything belongs to no part.
  const start = promptTokens - sum(partTokens) + sum(partTokens.slice(0, index));
  const tokens = partTokens[index] ?? 0;
  const reused = Math.min(tokens, Math.max(0, reusedTokens - start));
  if (tokens === 0) return '';
  return reused === tokens ? 'reused' : reused === 0 ? 'evaluated' : `${reused} reused`;
}

function renderRelated({
  path,
  maxChars,
  how,
  keptInPlace,
  sources,
  shown,
  leftOut,
}: RefreshReport): string[] {
  const excerptRow = (each: ExcerptReport) => [
    `${each.path}:${each.firstLine + 1}-${each.endLine}`,
    each.score.toFixed(3),
    each.chars,
    each.sources.join(', '),
  ];
  const head = ['lines', 'score', 'characters', 'found by'];
  return [
    '## Other files',
    '',
    `Gathered in the last pause, in ${path}: room for ${maxChars} characters, ${how}, the first ${keptInPlace} kept in place.`,
    '',
    ...table(
      ['source', 'answered', 'ms', 'found'],
      sources.map(({ name, state, elapsedMs, found }) => [name, state, ms(elapsedMs), found]),
    ),
    '',
    '### Shown, in the order of the prompt',
    '',
    ...table(head, shown.map(excerptRow)),
    '',
    '### Left out',
    '',
    ...table(
      ['why', ...head],
      leftOut.map((each) => [each.reason, ...excerptRow(each)]),
    ),
    '',
  ];
}

function kind(piece: PromptPiece): string {
  if ('special' in piece) return 'marker';
  return 'segment' in piece ? 'kept between requests' : 'sent each time';
}

function excerpt(text: string): string {
  return inline(text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`);
}

function textOf({ pieces }: Prompt): string {
  return pieces.map(contentOf).join('');
}

function contentOf(piece: PromptPiece): string {
  if ('special' in piece) return piece.special;
  return 'segment' in piece ? piece.segment : piece.text;
}

function ms(value: number): string {
  return value.toFixed(1);
}
