import type { ChatTurn } from '../ports/chatModel.ts';
import { shortenAttached } from './shortenAttached.ts';
import { type Question, type Turn, withNote } from './conversation.ts';
import { promptTurns } from './promptTurns.ts';

/**
 * Older turns are folded so far that the rest takes this share of the room: the model's cache begins anew with each fold, so
 * they are few and large.
 */
const SHARE_AFTER_FOLD = 0.5;

const MOST_ATTEMPTS = 6;

export interface Fitted {
  /** The last question as it is asked: shortened, with what was left out in its notes. */
  readonly question: Question;
  readonly prompt: readonly ChatTurn[];
  readonly promptTokens: number;
}

export interface Room {
  readonly tokens: number;
  /** Of a prompt, by the model. */
  readonly count: (prompt: readonly ChatTurn[]) => Promise<number>;
}

/** Thrown by {@link fitPrompt}: a question that is too long by itself. */
export class QuestionTooLong extends Error {
  constructor(tokens: number) {
    super(`The question is too long: the model can take ${tokens} tokens of it.`);
    this.name = 'QuestionTooLong';
  }
}

/**
 * The prompt for the last turn, which is a question. Where it is too long, older turns are folded first, then what was looked
 * up is left out, and then what is attached is cut.
 * @throws {@link QuestionTooLong}, and what `room.count` throws.
 */
export async function fitPrompt(system: ChatTurn, turns: readonly Turn[], room: Room): Promise<Fitted> {
  const question = turns.at(-1);
  if (question?.role !== 'user') throw new Error('The last turn is no question.');
  const start = firstSeen(turns);
  const whole = await counted(system, turns.slice(start), room);
  if (whole.promptTokens <= room.tokens) return { ...whole, question };
  const folded = await fold(system, turns, start, question, room);
  if (folded.promptTokens <= room.tokens) return folded;
  return shorten(system, folded, room);
}

/** Index of the first turn that the model still sees. */
export function firstSeen(turns: readonly Turn[]): number {
  const fold = turns.findLast((turn) => turn.role === 'user' && turn.seesFrom !== '');
  // A turn that was deleted since is not found, and all are seen again.
  return Math.max(
    0,
    turns.findIndex(({ id }) => fold?.role === 'user' && id === fold.seesFrom),
  );
}

/** Leaves as many of the older questions as fit, by bisection: the model counts, which takes its time. */
async function fold(
  system: ChatTurn,
  turns: readonly Turn[],
  start: number,
  question: Question,
  room: Room,
): Promise<Fitted> {
  const starts = turns.flatMap(({ role }, at) => (role === 'user' && at > start ? [at] : []));
  if (starts.length === 0) return { question, ...(await counted(system, turns.slice(start), room)) };
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { promptTokens } = await counted(system, turns.slice(starts[middle]), room);
    if (promptTokens <= SHARE_AFTER_FOLD * room.tokens) high = middle;
    else low = middle + 1;
  }
  const from = starts[low] ?? turns.length - 1;
  const hidden = turns.slice(start, from).length;
  const note =
    hidden === 1
      ? 'An older turn was folded to make room: the model no longer sees it.'
      : `${hidden} older turns were folded to make room: the model no longer sees them.`;
  const asked = withNote({ ...question, seesFrom: turns[from]?.id ?? question.id }, note);
  return { question: asked, ...(await counted(system, turns.slice(from), room)) };
}

/** The question alone, with less and less of what stands in front of it. */
async function shorten(system: ChatTurn, fitted: Fitted, room: Room): Promise<Fitted> {
  let { question, promptTokens } = fitted;
  let prompt = fitted.prompt;
  const attempt = async (shorter: Question): Promise<void> => {
    question = shorter;
    ({ prompt, promptTokens } = await counted(system, [shorter], room));
  };
  if (question.found.length > 0) {
    const note = 'What was found in the workspace was left out: the question fills the model’s window.';
    await attempt(withNote({ ...question, found: [] }, note));
  }
  const { attached, notes } = question;
  let chars = charsOf(question);
  for (let tries = 0; promptTokens > room.tokens && chars > 0; tries++) {
    // Tokens are not all of one length, so it aims lower each time; in the end nothing is left.
    const share = (room.tokens / promptTokens) * 0.9;
    chars = tries === MOST_ATTEMPTS ? 0 : Math.floor(chars * share);
    const cut = shortenAttached(attached, chars);
    await attempt({ ...question, attached: cut.attached, notes: [...notes, ...cut.notes] });
  }
  if (promptTokens > room.tokens) throw new QuestionTooLong(room.tokens);
  return { question, prompt, promptTokens };
}

async function counted(
  system: ChatTurn,
  turns: readonly Turn[],
  room: Room,
): Promise<Omit<Fitted, 'question'>> {
  const prompt = promptTurns(system, turns);
  return { prompt, promptTokens: await room.count(prompt) };
}

function charsOf({ attached }: Question): number {
  return attached.reduce((chars, { text }) => chars + text.length, 0);
}
