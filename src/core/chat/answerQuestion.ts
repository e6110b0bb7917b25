import { Cancelled } from '../../base/abort.ts';
import type { ChatAnswer, ChatModel, ChatRequest, ChatTurn } from '../ports/chatModel.ts';
import { CircleWatch, WentInCircles } from './circles.ts';
import type { Found, Question, Turn } from './conversation.ts';
import { fitPrompt } from './fitPrompt.ts';
import { promptTurns } from './promptTurns.ts';

/** Nobody reads on from here, and nobody waits for it. */
const MOST_ANSWER_TOKENS = 4_096;

/** Of the window, what is kept free for the answer at least. */
const ANSWER_SHARE = 0.25;

export interface Asking {
  readonly model: ChatModel;
  readonly system: ChatTurn;
  /** The last is the question. */
  readonly turns: readonly Turn[];
  /** As {@link ChatRequest} has it. */
  readonly variant: number;
  readonly search: (question: Question, signal: AbortSignal) => Promise<readonly Found[]>;
  readonly signal: AbortSignal;
  /** The question as it is asked, with what was found for it and what had to be left out. Before the first text. */
  readonly onQuestion: (question: Question) => void;
  readonly onText: (text: string) => void;
}

/**
 * Looks up what a question is about, makes its prompt fit and has it answered.
 * @throws {@link QuestionTooLong}, {@link WentInCircles}, and what {@link ChatModel.answer} throws.
 */
export async function answerQuestion(asking: Asking): Promise<ChatAnswer> {
  const { model, system, turns, variant, signal, onText } = asking;
  const question = turns.at(-1);
  if (question?.role !== 'user') throw new Error('The last turn is no question.');
  // What an earlier try found stays, so that the model can go on from what it has read.
  const found = question.found.length > 0 ? question.found : await asking.search(question, signal);
  const before = turns.slice(0, -1);
  const count = async (prompt: readonly ChatTurn[]): Promise<number> => {
    if (signal.aborted) throw new Cancelled();
    return model.countTokens(prompt, signal);
  };
  // Counting waits for the model, and only then its window is known.
  if (model.contextTokens === 0) await count(promptTurns(system, [question]));
  const windowTokens = model.contextTokens;
  const roomTokens = windowTokens - answerTokens(windowTokens);
  const fitted = await fitPrompt(system, [...before, { ...question, found }], { tokens: roomTokens, count });
  if (signal.aborted) throw new Cancelled();
  asking.onQuestion(fitted.question);
  const maxTokens = Math.min(MOST_ANSWER_TOKENS, windowTokens - fitted.promptTokens);
  return answerStraight(model, { turns: fitted.prompt, maxTokens, variant, signal, onText });
}

/** Ends an answer that does not end by itself. */
async function answerStraight(model: ChatModel, request: ChatRequest): Promise<ChatAnswer> {
  const watch = new CircleWatch();
  const circles = new AbortController();
  const onText = (text: string): void => {
    if (circles.signal.aborted) return;
    request.onText(text);
    if (watch.add(text)) circles.abort();
  };
  const signal = AbortSignal.any([request.signal, circles.signal]);
  try {
    return await model.answer({ ...request, signal, onText });
  } catch (error) {
    if (circles.signal.aborted && !request.signal.aborted) throw new WentInCircles();
    throw error;
  }
}

function answerTokens(windowTokens: number): number {
  return Math.min(MOST_ANSWER_TOKENS, Math.ceil(ANSWER_SHARE * windowTokens));
}
