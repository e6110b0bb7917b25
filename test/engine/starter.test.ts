import assert from 'node:assert/strict';
import type { Answer } from '../../src/core/completion/answer.ts';
import { Completer } from '../../src/core/completion/completer.ts';
import { systemClock } from '../../src/core/ports/clock.ts';
import type { CompletionResult } from '../../src/core/ports/model.ts';
import { ALWAYS_ON } from '../support/alwaysOn.ts';
import { STARTER } from '../support/paths.ts';
import { type RealEngine, startRealEngine } from '../support/realEngine.ts';
import { viewOfPicture } from '../support/viewOfText.ts';

describe('The model that comes along', () => {
  let engine: RealEngine;
  before(async () => {
    engine = await startRealEngine({ modelPath: STARTER });
    // Waits for the model.
    await complete('let a = |;\n');
  });
  after(() => engine.dispose());

  /** At the cursor of `picture`, by a completer that remembers nothing. */
  async function complete(picture: string): Promise<{ text: string; result: CompletionResult }> {
    const completer = new Completer(engine.model, systemClock, () => ALWAYS_ON);
    const answered = new Promise<Answer>((answer) => completer.onDidAnswer(answer));
    await completer.provide(viewOfPicture(picture), 'explicit', new AbortController().signal);
    const { placement, generation } = await answered;
    const result = await generation?.result;
    completer.dispose();
    assert.ok(result);
    return { text: placement?.text ?? '', result };
  }

  it('is told from others of its architecture by its name', () => {
    const { state } = engine.model;
    assert.ok(state.kind === 'ready');
    const { name, format, contextTokens } = state.model;
    assert.deepEqual([name, format?.name, contextTokens], ['Deepwell Starter', 'deepwell-starter', 1024]);
  });

  it('goes on with the word that was begun', async () => {
    assert.match((await complete('function add(a, b) {\n  retur|\n}\n')).text, /^n\b/);
  });

  it('evaluates nothing for another letter of a word', async () => {
    await complete('function add(first, second) {\n  return fir|\n}\n');
    const { result } = await complete('function add(first, second) {\n  return firs|\n}\n');
    assert.deepEqual(
      [result.reusedTokens, result.evaluatedTokens],
      [result.promptTokens - 1, 1],
      JSON.stringify(result),
    );
  });

  it('looks at what stands behind the cursor', async () => {
    const before = 'import { readFile } from "node:fs";\n\nfunction load(path) {\n  const text = |';
    const texts = [
      '\n  return JSON.parse(text);\n}\n',
      ';\n  return text.split(",");\n}\n',
      ', "utf8");\n}\n',
    ].map(async (after) => (await complete(before + after)).text);
    assert.ok(new Set(await Promise.all(texts)).size > 1);
  });
});
