import * as v from 'valibot';

/**
 * The contract between the chat page and the extension host. The host holds all state. The page may vanish at any time:
 * it says `ready` when it is there again, and one `state` message replays everything. What comes after that are
 * changes, numbered one by one in `seq`; a page that misses a number says `ready` again.
 */

/** Longest text in one message, in characters. What is longer never came from a person or a model. */
const MAX_TEXT_CHARS = 16 * 1024 * 1024;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const label = v.pipe(v.string(), v.maxLength(1000));
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT_CHARS));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Something the question is about: shown as a chip. */
const attachment = v.strictObject({
  id,
  /** `pack.ts:12–40` */
  label,
  /** What a pointer resting on it is told, such as the whole path. */
  detail: label,
});

/** A place the answer was given from. The path is relative to the workspace. */
const source = v.strictObject({ label, path: label, line: count });

const message = v.strictObject({
  kind: v.literal('message'),
  id,
  role: v.picklist(['user', 'assistant']),
  text,
  attachments: v.array(attachment),
  sources: v.array(source),
  /** `stopped` by the user; `partial` where the engine died or the window was full: Retry is offered. */
  status: v.picklist(['complete', 'streaming', 'stopped', 'partial']),
  /** Why it is partial, as a sentence; '' otherwise. */
  reason: label,
});

/** A row that is not part of the talk: older turns were folded, the model has no chat template… */
const notice = v.strictObject({ kind: v.literal('notice'), id, text: label });

const entry = v.variant('kind', [message, notice]);

const conversation = v.strictObject({
  id,
  title: label,
  /** When it was last written to, in words: `yesterday`. */
  when: label,
});

/** Tokens that the next question would send, of the tokens the model can take. A window of 0: no model yet. */
const meter = v.strictObject({ usedTokens: count, windowTokens: count });

/** What the input box offers behind `/` and `@`. */
const completion = v.strictObject({ id, label, detail: label, insert: label });

const seq = count;

const toPage = v.variant('type', [
  v.strictObject({
    type: v.literal('state'),
    seq,
    /** The most recent one first. */
    conversations: v.array(conversation),
    /** Id of the one that is shown; '' where it has not been written to yet. */
    shown: v.string(),
    entries: v.array(entry),
    attachments: v.array(attachment),
    meter,
  }),
  /** More text of the last message, which is `streaming`. */
  v.strictObject({ type: v.literal('delta'), seq, message: id, text }),
  /** A message is new, or is no longer what it was: its status, its text. It keeps its place, or comes last. */
  v.strictObject({ type: v.literal('entry'), seq, entry }),
  v.strictObject({ type: v.literal('attachments'), seq, attachments: v.array(attachment) }),
  v.strictObject({ type: v.literal('meter'), seq, meter }),
  /** Answers `complete`; an answer to an older question than the last is not shown. */
  v.strictObject({ type: v.literal('completions'), seq, request: count, items: v.array(completion) }),
  /** Puts text into the input box, where it is empty, and the focus as well. */
  v.strictObject({ type: v.literal('compose'), seq, text }),
]);

const toHost = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('send'), text }),
  v.strictObject({ type: v.literal('stop') }),
  v.strictObject({ type: v.literal('regenerate'), message: id }),
  /** Everything from this question on is replaced by the new text and its answer. */
  v.strictObject({ type: v.literal('edit'), message: id, text }),
  v.strictObject({ type: v.literal('copy'), message: id }),
  v.strictObject({ type: v.literal('delete'), message: id }),
  v.strictObject({ type: v.literal('newConversation') }),
  v.strictObject({ type: v.literal('openConversation'), conversation: id }),
  v.strictObject({ type: v.literal('deleteConversation'), conversation: id }),
  /** As Markdown. */
  v.strictObject({ type: v.literal('exportConversation'), conversation: id }),
  v.strictObject({ type: v.literal('removeAttachment'), attachment: id }),
  v.strictObject({
    type: v.literal('complete'),
    request: count,
    trigger: v.picklist(['/', '@']),
    query: label,
  }),
  /** The user took this completion: a file may become an attachment. */
  v.strictObject({ type: v.literal('completed'), completion: id }),
  /** The text is the code block's; hostile like all that a model wrote. */
  v.strictObject({
    type: v.literal('code'),
    action: v.picklist(['copy', 'insert', 'apply', 'newFile']),
    message: id,
    language: label,
    text,
  }),
  /** http, https or mailto. The host asks before it opens one. */
  v.strictObject({ type: v.literal('openLink'), href: v.pipe(v.string(), v.maxLength(4000)) }),
  /** A path as the model wrote it: the host opens it only inside of the workspace. Lines begin at 1; 0: none was named. */
  v.strictObject({ type: v.literal('openFile'), path: label, line: count }),
]);

export type ToPage = v.InferOutput<typeof toPage>;
export type ToHost = v.InferOutput<typeof toHost>;
export type Entry = v.InferOutput<typeof entry>;
export type ChatMessage = v.InferOutput<typeof message>;
export type Attachment = v.InferOutput<typeof attachment>;
export type Source = v.InferOutput<typeof source>;
export type Conversation = v.InferOutput<typeof conversation>;
export type Meter = v.InferOutput<typeof meter>;
export type Completion = v.InferOutput<typeof completion>;
export type CodeAction = Extract<ToHost, { type: 'code' }>['action'];

/** The message, or `undefined` where it has not exactly the shape of one. */
export function parseToPage(value: unknown): ToPage | undefined {
  const result = v.safeParse(toPage, value);
  return result.success ? result.output : undefined;
}

/** The message, or `undefined` where it has not exactly the shape of one. */
export function parseToHost(value: unknown): ToHost | undefined {
  const result = v.safeParse(toHost, value);
  return result.success ? result.output : undefined;
}
