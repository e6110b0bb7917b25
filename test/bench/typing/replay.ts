import { setTimeout as sleep } from 'node:timers/promises';
import type { Completer } from '../../../src/core/completion/completer.ts';
import type { View } from '../../../src/core/completion/view.ts';
import { viewOfText } from '../../support/viewOfText.ts';
import type { RealLine } from './realLines.ts';
import { Screen } from './screen.ts';

const KEY_MS = 180;
/** When VS Code tells of a key, and when it asks: measured in the real editor, 56 to 85 ms. */
const EVENT_MS = 20;
const CALL_MS = 70;
/** The user has gone to the place and looks at it. */
const REST_MS = 800;
/** The user looks at what is written. A wait that adapts to the model learns of it here at the latest. */
const PAUSE_MS = 600;
const NEVER = new AbortController().signal;

export interface Replayed {
  /** Keys at whose next key a right suggestion was on the screen, by how many characters it would have saved. */
  readonly right: readonly number[];
  readonly keys: number;
  /** From a key after which nothing was on the screen to the text that came for it. */
  readonly toTextMs: readonly number[];
  readonly flickers: number;
}

/** Types a line into the place it was taken from, key by key in real time, and watches the screen. */
export async function replay(completer: Completer, line: RealLine): Promise<Replayed> {
  const screen = new Screen();
  const right: number[] = [];
  const toTextMs: number[] = [];
  let view = viewAt(line, 0);
  let calls = new AbortController();
  let keyAtMs = performance.now();
  let isBlank = true;

  const ask = async (at: View): Promise<void> => {
    const { signal } = calls;
    const placement = await completer.provide(at, 'automatic', signal).catch(() => undefined);
    // VS Code takes no answer to a question that it has given up.
    if (signal.aborted || at !== view) return;
    screen.answered(placement?.text);
    if (isBlank && screen.ghost !== '') toTextMs.push(performance.now() - keyAtMs);
    isBlank = screen.ghost === '';
  };
  const grown = completer.onDidGrow(() => {
    const at = view;
    setTimeout(() => void ask(at), CALL_MS);
  });

  try {
    await sleep(REST_MS);
    void completer.rest(view, NEVER);
    await sleep(REST_MS);
    for (let typed = 1; typed <= line.text.length; typed++) {
      right.push(savedBy(screen.ghost, line.text.slice(typed - 1)));
      keyAtMs = performance.now();
      view = viewAt(line, typed);
      screen.typed(line.text.charAt(typed - 1));
      isBlank = screen.ghost === '';
      await sleep(EVENT_MS);
      // The question before this key is given up now, 20 to 30 ms after it.
      calls.abort();
      calls = new AbortController();
      completer.typed(view);
      await sleep(Math.max(0, keyAtMs + CALL_MS - performance.now()));
      void ask(view);
      await sleep(Math.max(0, keyAtMs + KEY_MS - performance.now()));
    }
    await sleep(PAUSE_MS);
  } finally {
    grown.dispose();
    calls.abort();
    completer.moved();
  }
  return { right, keys: line.text.length, toTextMs, flickers: screen.flickers };
}

/** Characters of the line that accepting would write; 0 where it would write anything that does not stand there. */
function savedBy(ghost: string, rest: string): number {
  const first = ghost.split('\n', 1)[0] ?? '';
  return rest.startsWith(first.trimEnd()) ? first.trimEnd().length : 0;
}

function viewAt({ before, text, after, path, languageId }: RealLine, typed: number): View {
  const offset = before.length + typed;
  return viewOfText(before + text.slice(0, typed) + after, offset, { path, languageId });
}
