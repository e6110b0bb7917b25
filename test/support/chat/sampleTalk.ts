import type { ChatMessage, ToPage } from '../../../src/webview/messages.ts';

type State = Omit<Extract<ToPage, { type: 'state' }>, 'seq'>;

export function question(id: string, text: string): ChatMessage {
  const empty = { attachments: [], sources: [], reason: '' };
  return { kind: 'message', id, role: 'user', text, status: 'complete', ...empty };
}

export function answer(id: string, text: string, status: ChatMessage['status'] = 'complete'): ChatMessage {
  const empty = { attachments: [], sources: [], reason: '' };
  return { kind: 'message', id, role: 'assistant', text, status, ...empty };
}

export function stateOf(entries: State['entries'], rest: Partial<State> = {}): State {
  return {
    type: 'state',
    conversations: [{ id: 'c1', title: 'A talk', when: 'now' }],
    shown: 'c1',
    entries,
    attachments: [],
    meter: { usedTokens: 0, windowTokens: 0 },
    ...rest,
  };
}

export function isAnswer(entry: State['entries'][number]): entry is ChatMessage {
  return entry.kind === 'message' && entry.role === 'assistant';
}

const EXPLANATION = `The function **debounces** its argument: it runs \`call\` once, \`waitMs\` after the *last* time it was asked to.

## What happens

1. Each call clears the timer that is running.
2. A new one is started:

   \`\`\`ts
   timer = setTimeout(() => call(...args), waitMs);
   \`\`\`

3. Nothing runs while calls keep coming in.

\`\`\`typescript
/** Runs \`call\` when it has not been asked for \`waitMs\`. */
export function debounce<A extends unknown[]>(call: (...args: A) => void, waitMs = 150) {
  let timer: NodeJS.Timeout | undefined;
  return (...args: A): void => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), waitMs);
  };
}
\`\`\`

| Option | Default | Meaning |
|--------|--------:|---------|
| \`waitMs\` | 150 | rest before it runs |
| \`call\` | – | what runs |

> A call that is still waiting when the window closes is lost.

See [debounce.ts](src/debounce.ts#L12) and [the manual](https://nodejs.org/api/timers.html).`;

/** Everything the page can show at once. */
export const FULL_TALK: State = stateOf(
  [
    {
      kind: 'notice',
      id: 'n1',
      text: '4 older turns were folded to make room: the model no longer sees them.',
    },
    {
      ...question('m1', 'What does this function do, and where might it lose a call?'),
      attachments: [{ id: 'a1', label: 'debounce.ts:12–20', detail: 'src/debounce.ts, lines 12 to 20' }],
    },
    {
      ...answer('m2', EXPLANATION),
      sources: [
        { label: 'src/debounce.ts:12', path: 'src/debounce.ts', line: 12 },
        { label: 'src/search/searchBox.ts:40', path: 'src/search/searchBox.ts', line: 40 },
      ],
    },
    question('m3', 'Make it return a promise.'),
    {
      ...answer(
        'm4',
        'Then every caller waits for the same run:\n\n```ts\nconst waiting: (() => void)[] = [];',
        'partial',
      ),
      reason: 'The engine ended in the middle of this answer. It has been started again.',
    },
  ],
  {
    conversations: [
      { id: 'c1', title: 'What does debounce do', when: 'now' },
      { id: 'c2', title: 'Tests for the parser of ignore files', when: 'yesterday' },
      { id: 'c3', title: 'Why is the build slow since the last release of the bundler?', when: '12 Nov' },
    ],
    attachments: [
      { id: 'a2', label: 'debounce.ts:12–20', detail: 'src/debounce.ts, lines 12 to 20' },
      { id: 'a3', label: 'searchBox.ts', detail: 'src/search/searchBox.ts' },
    ],
    meter: { usedTokens: 5120, windowTokens: 8192 },
  },
);
