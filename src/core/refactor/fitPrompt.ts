import type { ChatModel, ChatTurn } from '../ports/chatModel.ts';
import { RefactorRefused } from './refactorRefused.ts';

export interface FittedPrompt {
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
}

/** Shown of the file on each side of the code, as long as the model's window has room for it. */
const AROUND_CHARS = [6_000, 2_000, 600, 0];

/** What an answer needs besides the tokens of the code that it is to replace. */
const SPARE_TOKENS = 200;

/**
 * The longest prompt that leaves room for its answer.
 *
 * @param code what the answer will be about as long as.
 * @throws {@link RefactorRefused} where even the shortest does not; else as {@link ChatModel.countTokens} does.
 */
export async function fitPrompt(
  model: ChatModel,
  turnsWith: (aroundChars: number) => readonly ChatTurn[],
  code: string,
  signal: AbortSignal,
): Promise<FittedPrompt> {
  const codeTokens = await model.countTokens([{ role: 'user', text: code }], signal);
  const neededTokens = Math.ceil(codeTokens * 1.2) + SPARE_TOKENS;
  for (const aroundChars of AROUND_CHARS) {
    const turns = turnsWith(aroundChars);
    const roomTokens = model.contextTokens - (await model.countTokens(turns, signal));
    // A model that goes round in circles is not given all the room there is.
    if (roomTokens >= neededTokens) return { turns, maxTokens: Math.min(roomTokens, 4 * neededTokens) };
  }
  throw new RefactorRefused(
    `The code is too long: it has ${codeTokens} tokens, and an answer as long as it has to fit into the model's ${model.contextTokens} as well. Select less of it.`,
  );
}
