import type { Answer } from '../../src/core/completion/answer.ts';
import { Completer } from '../../src/core/completion/completer.ts';
import { systemClock } from '../../src/core/ports/clock.ts';
import { ALWAYS_ON } from '../support/alwaysOn.ts';
import { viewOfText } from '../support/viewOfText.ts';
import { sampleCode } from './sampleCode.ts';
import { median, quantile, rounded } from '../support/measure/statistics.ts';
import { withEngine } from './withEngine.ts';

const CALLS = 60;
const FILE_CHARS = 9_000;

/**
 * Time spent outside the model, from the provider's call to the last filter: before the engine is asked, on the way to
 * it and back, and after its last text. And the answer from a suggestion that is known already.
 */
export async function outside(): Promise<Record<string, number>> {
  return withEngine(async ({ model }) => {
    const file = sampleCode(FILE_CHARS);
    const outsideMs: number[] = [];
    const knownMs: number[] = [];
    // The first calls evaluate the whole file.
    for (let call = -3; call < CALLS; call++) {
      const completer = new Completer(model, systemClock, () => ALWAYS_ON);
      let answer: Answer | undefined;
      completer.onDidAnswer((each) => (answer = each));
      const offset = file.lastIndexOf('\n', FILE_CHARS - 200 + ((call * 7) % 150));
      const view = viewOfText(`${file.slice(0, offset)}\n  const value${call + 3} = `, offset + 18, {
        path: 'sample.ts',
      });
      const whole = {
        ...view,
        prefix: view.prefix + view.suffix,
        offset: view.prefix.length + view.suffix.length,
        suffix: '',
      };
      const calledMs = performance.now();
      await completer.provide(whole, 'explicit', new AbortController().signal);
      const answeredMs = performance.now();
      const result = await answer?.generation?.result;
      const times = answer?.generation?.times;
      if (call >= 0 && times?.firstTextMs !== undefined && result) {
        const before = times.askedMs - calledMs;
        const between = times.firstTextMs - times.askedMs - (result.firstTokenMs ?? 0);
        outsideMs.push(before + between + (answeredMs - times.lastTextMs));
        const againMs = performance.now();
        await completer.provide(whole, 'automatic', new AbortController().signal);
        knownMs.push(performance.now() - againMs);
      }
      completer.dispose();
    }
    return {
      calls: outsideMs.length,
      outsideP50Ms: rounded(median(outsideMs)),
      outsideP95Ms: rounded(quantile(outsideMs, 0.95)),
      knownSuggestionP50Ms: rounded(median(knownMs)),
      knownSuggestionP95Ms: rounded(quantile(knownMs, 0.95)),
    };
  });
}
