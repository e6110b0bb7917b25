import { firstLine } from '../completion/shaping/settledText.ts';
import { explain } from '../completion/shaping/shape.ts';
import { shownPieces } from '../completion/writtenPiece.ts';
import type { Inspected, InspectedGeneration } from './inspected.ts';
import { fenced, inline, table } from './markdown.ts';
import { outcome, placeOf } from './outcome.ts';

/** Why there is a suggestion, or none: the gate, what the model wrote, and what each filter made of it, as Markdown. */
export function renderWhy({ view, trigger, answer, generation }: Inspected): string {
  return [
    '# Deepwell: why this suggestion?',
    '',
    `${placeOf(view)}, ${view.languageId}, ${trigger} trigger: ${outcome(answer)}.`,
    '',
    ...(answer.placement ? ['## Shown', '', ...fenced(answer.placement.text), ''] : []),
    ...(generation ? renderGeneration(generation) : [whyNotAsked(answer), '']),
  ].join('\n');
}

function whyNotAsked({ from, reason, placement }: Inspected['answer']): string {
  if (reason !== undefined) return `The gate did not let the question through: ${reason}.`;
  if (from === 'memory' && placement)
    return 'It was written before, and what was typed since agrees with it.';
  return 'The model has answered for this very place, and had nothing to say.';
}

function renderGeneration({ view, options, pieces, verdict }: InspectedGeneration): string[] {
  const written = pieces.map(({ text }) => text).join('');
  const { steps, shaped } = explain({ view, written, complete: true, options });
  const changed = steps.filter(({ before, after }) => before !== after);
  return [
    '## What the model wrote',
    '',
    ...(written === '' ? ['nothing'] : fenced(written)),
    '',
    ...renderVerdict(pieces, verdict, shaped.kind === 'edit' ? shaped.text : ''),
    `## Filters: ${changed.length} of ${steps.length} changed something`,
    '',
    ...changed.flatMap(({ name, before, after }) => [
      `### ${name}`,
      '',
      ...fenced(before),
      '',
      ...(after === '' ? ['left nothing of it'] : ['became', '', ...fenced(after)]),
      '',
    ]),
    ...(shaped.kind === 'nothing' ? [`Nothing is left: ${shaped.filter}.`, ''] : []),
  ];
}

function renderVerdict(
  pieces: InspectedGeneration['pieces'],
  verdict: InspectedGeneration['verdict'],
  shaped: string,
): string[] {
  const counted = new Set(shownPieces(firstLine(shaped), pieces));
  const rows = pieces.map((piece) => [
    inline(piece.text),
    `${(100 * Math.exp(piece.logProbability)).toFixed(1)} %`,
    counted.has(piece) ? 'counts' : '',
  ]);
  const sentence = verdict
    ? `The first line is held for ${(100 * verdict.confidence).toFixed(1)} % likely, ` +
      `${(100 * verdict.threshold).toFixed(0)} % are asked for: ${verdict.isShown ? 'shown' : 'not shown'}.`
    : 'It was not asked how sure the model is.';
  return ['## How sure the model is', '', sentence, '', ...table(['text', 'probability', ''], rows), ''];
}
