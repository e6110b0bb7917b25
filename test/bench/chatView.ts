import { ChatWindow, openBrowser } from '../support/chat/chatWindow.ts';
import { HUGE } from '../support/chat/hostileMarkdown.ts';
import { answer, FULL_TALK, isAnswer, stateOf } from '../support/chat/sampleTalk.ts';
import { quantile, rounded } from '../support/measure/statistics.ts';

const ROUNDS = 40;
const TOKENS = 20_000;
const TOKEN_CHARS = 4;
/** Faster than any model on one machine, so that 20,000 tokens do not take an hour. */
const TOKENS_PER_SECOND = 1000;

/**
 * The chat's page in a browser: how soon the first token can be read, how many frames a second there are while a long answer
 * comes, and for how long hostile sizes keep the page from drawing. Needs `npm run build`.
 */
export async function chatView(): Promise<Record<string, number>> {
  const browser = await openBrowser();
  try {
    const first: number[] = [];
    const chat = await ChatWindow.open(browser);
    for (let round = 0; round < ROUNDS; round++) first.push(await firstTokenMs(chat));
    const { frames, ms, gapsMs } = await streamed(chat, longAnswer(), TOKEN_CHARS, TOKENS_PER_SECOND);
    await chat.close();
    const figures: Record<string, number> = {
      firstTokenP50Ms: rounded(quantile(first, 0.5)),
      firstTokenP95Ms: rounded(quantile(first, 0.95)),
      answerSeconds: rounded(ms / 1000),
      framesPerSecond: rounded((1000 * frames) / ms),
      frameP99Ms: rounded(quantile(gapsMs, 0.99)),
      longestFrameMs: rounded(Math.max(...gapsMs)),
    };
    for (const [name, text] of Object.entries(HUGE)) {
      const chat = await ChatWindow.open(browser);
      const { gapsMs } = await streamed(chat, text(), 100_000, 20);
      figures[name] = rounded(Math.max(...gapsMs));
      await chat.close();
    }
    return figures;
  } finally {
    await browser.close();
  }
}

/** From the message that brings it to the end of the frame that shows it. */
async function firstTokenMs(chat: ChatWindow): Promise<number> {
  await chat.send({ ...FULL_TALK, entries: [...FULL_TALK.entries, answer('m', '', 'streaming')] });
  await chat.drawn();
  const seq = chat.nextSeq();
  return chat.page.evaluate(`new Promise((resolve) => {
    const startedMs = performance.now();
    postMessage({ type: 'delta', seq: ${seq}, message: 'm', text: 'Yes' }, '*');
    const look = () => {
      const seen = [...document.querySelectorAll('.message-text')].at(-1).textContent.trim() === 'Yes';
      if (!seen) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - startedMs);
      port2.postMessage(0);
    };
    requestAnimationFrame(look);
  })`);
}

interface Streamed {
  readonly frames: number;
  readonly ms: number;
  /** Between one frame and the next. */
  readonly gapsMs: readonly number[];
}

/** Posts a text in pieces of so many characters, so many a second, and until its end has been drawn. */
async function streamed(chat: ChatWindow, text: string, chars: number, perSecond: number): Promise<Streamed> {
  await chat.send(stateOf([answer('m', '', 'streaming')]));
  await chat.drawn();
  const seq = chat.nextSeq();
  return chat.page.evaluate(`((text, chars, perSecond) => new Promise((resolve) => {
    const gapsMs = [];
    const startedMs = performance.now();
    let lastMs = startedMs;
    let sent = 0;
    const count = Math.ceil(text.length / chars);
    const post = () => {
      const due = Math.min(count, Math.ceil(((performance.now() - startedMs) / 1000) * perSecond));
      for (; sent < due; sent++) {
        const piece = text.slice(sent * chars, (sent + 1) * chars);
        postMessage({ type: 'delta', seq: ${seq} + sent, message: 'm', text: piece }, '*');
      }
      if (sent < count) setTimeout(post, 5);
    };
    const frame = () => {
      const nowMs = performance.now();
      gapsMs.push(nowMs - lastMs);
      lastMs = nowMs;
      const drawn = document.querySelector('.app').dataset.seq === String(${seq} + count - 1);
      if (!drawn) return requestAnimationFrame(frame);
      resolve({ frames: gapsMs.length, ms: nowMs - startedMs, gapsMs });
    };
    post();
    requestAnimationFrame(frame);
  }))(${JSON.stringify(text)}, ${chars}, ${perSecond})`);
}

/** As models write: prose, lists, a table and code, over and over. */
function longAnswer(): string {
  const text = FULL_TALK.entries.find(isAnswer)?.text ?? '';
  return `${text}\n\n`.repeat(Math.ceil((TOKENS * TOKEN_CHARS) / text.length)).slice(0, TOKENS * TOKEN_CHARS);
}
