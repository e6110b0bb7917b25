import { buildPrompt, type PromptContext, redactAhead } from '../../src/core/completion/prompt.ts';
import type { View } from '../../src/core/completion/view.ts';
import { MiddleStart } from '../../src/core/completion/middleStart.ts';
import { Redactor } from '../../src/core/context/redaction/redactor.ts';
import { encodePrompt, SentSegments } from '../../src/host/promptSegments.ts';
import { READY } from '../support/scriptedModel.ts';
import { uriOf } from '../support/scriptedIndex.ts';
import { viewOfText } from '../support/viewOfText.ts';
import { sampleCode } from './sampleCode.ts';
import { median, quantile, rounded } from '../support/measure/statistics.ts';

/** As much text as a window of 128K tokens takes, at the characters per token that the packer counts with. */
const MODEL = { ...READY, contextTokens: 131_072 };
const EXCERPTS = 200;
const EXCERPT_CHARS = 800;
const FILE_CHARS = 340_000;
const ROUNDS = 60;

/**
 * What a key costs the extension host's event loop in a prompt of 128K tokens: build it, and encode it by segments the
 * engine knows. In one slice, so the longest of them counts. Before the first one, the file is read ahead in steps, as in the pause
 * after it was opened; then once more without that, as when the user types at once.
 */
export async function pack(): Promise<Record<string, number>> {
  const file = repeated(FILE_CHARS);
  const excerpts = Array.from({ length: EXCERPTS }, (_, index) => {
    const path = `src/file${index}.ts`;
    const text = file.slice(index * EXCERPT_CHARS, (index + 1) * EXCERPT_CHARS);
    return { uri: uriOf(path), path, firstLine: 0, text };
  });
  const related = { repository: 'bench', excerpts };
  const unread = { related, redactor: new Redactor(), middleStart: new MiddleStart() };
  const unreadMs = firstKeyMs(file, unread);
  const context = { related, redactor: new Redactor(), middleStart: new MiddleStart() };
  const stepsMs = readAheadMs(file, context);
  const sent = new SentSegments();
  const times: number[] = [];
  let chars = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const view = viewAt(file, round);
    const startedMs = performance.now();
    const { pieces } = buildPrompt(view, MODEL, 1, context);
    const { newSegments } = encodePrompt(pieces, sent);
    times.push(performance.now() - startedMs);
    sent.add(newSegments);
    chars = pieces.reduce((sum, piece) => sum + ('segment' in piece ? piece.segment.length : 0), 0);
  }
  const [firstMs = NaN, ...knownMs] = times;
  return {
    promptChars: chars,
    aheadStepP50Ms: rounded(median(stepsMs)),
    aheadLongestStepMs: rounded(Math.max(...stepsMs)),
    firstMs: rounded(firstMs),
    firstUnreadMs: rounded(unreadMs),
    knownP50Ms: rounded(median(knownMs)),
    knownP95Ms: rounded(quantile(knownMs, 0.95)),
    knownLongestMs: rounded(Math.max(...knownMs)),
  };
}

function viewAt(file: string, round: number): View {
  const offset = FILE_CHARS - 1_000 + round;
  return viewOfText(file, offset, { path: 'src/open.ts', languageId: 'typescript' });
}

function firstKeyMs(file: string, context: PromptContext): number {
  const view = viewAt(file, 0);
  const startedMs = performance.now();
  encodePrompt(buildPrompt(view, MODEL, 1, context).pieces, new SentSegments());
  return performance.now() - startedMs;
}

function readAheadMs(file: string, context: PromptContext): number[] {
  const steps: number[] = [];
  const view = viewAt(file, 0);
  let startedMs = performance.now();
  const work = redactAhead(view, MODEL, context);
  while (!work.next().done) {
    steps.push(performance.now() - startedMs);
    startedMs = performance.now();
  }
  return steps;
}

function repeated(chars: number): string {
  const sample = sampleCode(chars);
  return sample.repeat(Math.ceil(chars / sample.length)).slice(0, chars);
}
