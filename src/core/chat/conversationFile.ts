import * as v from 'valibot';
import { asLeft, type Conversation } from './conversation.ts';

const VERSION = 1;

/** Of a workspace; older ones go when there are more. */
export const MOST_CONVERSATIONS = 200;

/** Hostile as any file: what is too large never came from here. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
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
  seesFrom: v.pipe(v.string(), v.maxLength(200)),
  notes: v.array(sentence),
});
const answer = v.object({
  role: v.literal('assistant'),
  id,
  text,
  status: v.picklist(['complete', 'streaming', 'stopped', 'partial']),
  reason: sentence,
});
const conversation = v.object({
  id,
  changedMs: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  turns: v.array(v.variant('role', [question, answer])),
});
const file = v.object({
  version: v.literal(VERSION),
  conversations: v.pipe(v.array(conversation), v.maxLength(MOST_CONVERSATIONS)),
});

/** The most recent first; undefined where the text is anything but what {@link formatConversations} writes. */
export function parseConversations(json: string): readonly Conversation[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(file, value);
  return parsed.success ? parsed.output.conversations.map(asLeft) : undefined;
}

export function formatConversations(conversations: readonly Conversation[]): string {
  return `${JSON.stringify({ version: VERSION, conversations: conversations.slice(0, MOST_CONVERSATIONS) })}\n`;
}
