import * as v from 'valibot';
import { asLeft, type Conversation } from './conversation.ts';

const VERSION = 1;

/** Hostile as any file: what is too large never came from here. */
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/));
const text = v.pipe(v.string(), v.maxLength(16 * 1024 * 1024));
const sentence = v.pipe(v.string(), v.maxLength(1_000));
const path = v.pipe(v.string(), v.maxLength(32_768));
const line = v.pipe(v.number(), v.integer(), v.minValue(0));

const attached = v.object({
  id,
  uri: path,
  path,
  firstLine: line,
  isWhole: v.boolean(),
  text,
  problems: v.array(sentence),
});
const question = v.object({
  role: v.literal('user'),
  id,
  text,
  attached: v.array(attached),
  found: v.array(v.object({ path, firstLine: line, text })),
  seesFrom: v.union([v.literal(''), id]),
  notes: v.array(sentence),
});
const answer = v.object({
  role: v.literal('assistant'),
  id,
  text,
  status: v.picklist(['complete', 'streaming', 'stopped', 'partial']),
  reason: sentence,
  variant: v.optional(line, 0),
});
const file = v.object({
  version: v.literal(VERSION),
  conversation: v.object({
    id,
    changedMs: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
    turns: v.array(v.variant('role', [question, answer])),
  }),
});

/** Undefined where the text is anything but what {@link formatConversation} writes. */
export function parseConversation(json: string): Conversation | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(file, value);
  return parsed.success ? asLeft(parsed.output.conversation) : undefined;
}

export function formatConversation(conversation: Conversation): string {
  return `${JSON.stringify({ version: VERSION, conversation })}\n`;
}
