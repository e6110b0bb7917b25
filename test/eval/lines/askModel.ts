import type { Answer } from '../../../src/core/completion/answer.ts';
import { Completer } from '../../../src/core/completion/completer.ts';
import type { WrittenPiece } from '../../../src/core/completion/writtenPiece.ts';
import { systemClock } from '../../../src/core/ports/clock.ts';
import type { Model } from '../../../src/core/ports/model.ts';
import { type Hole, viewOfHole } from './hole.ts';
import { ONE_LINE } from './oneLine.ts';
import type { Result } from './result.ts';

/**
 * One suggestion, asked for as Deepwell: Trigger Suggestion asks. With a completer of its own, because one that
 * remembers other suggestions might answer without the model. Resolves when the engine is done with the request.
 * @throws {@link ModelUnavailable} where there is no model.
 */
export async function askModel(model: Model, hole: Hole): Promise<Result> {
  const completer = new Completer(model, systemClock, () => ONE_LINE);
  try {
    const answered = new Promise<Answer>((answer) => completer.onDidAnswer(answer));
    await completer.provide(viewOfHole(hole), 'explicit', new AbortController().signal);
    const { placement, generation } = await answered;
    const result = await generation?.result;
    return {
      id: hole.id,
      text: placement?.text ?? '',
      replacedChars: placement?.replaceChars ?? 0,
      promptTokens: result?.promptTokens ?? null,
      reusedTokens: result?.reusedTokens ?? null,
      generatedTokens: result?.generatedTokens ?? null,
      firstTokenMs: rounded(result?.firstTokenMs),
      engineMs: rounded(result?.totalMs),
      ...(generation && { written: generation.pieces.map(toldPiece) }),
    };
  } finally {
    completer.dispose();
  }
}

/** Five digits are enough, and a results file is read by people too. */
function toldPiece({ text, logProbability }: WrittenPiece): [string, number] {
  return [text, Math.round(logProbability * 1e5) / 1e5];
}

function rounded(ms: number | null | undefined): number | null {
  return ms === undefined || ms === null ? null : Math.round(ms * 10) / 10;
}
