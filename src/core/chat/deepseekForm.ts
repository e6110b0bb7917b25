import type { ChatTurn } from '../ports/chatModel.ts';

/** A prompt in order: a special token, or text, which never becomes one. Without BOS. */
export type FormPart = { readonly special: string } | { readonly text: string };

/** What stands between `Assistant:` and each answer; the prompt ends before it, or the model writes nonsense. */
export const DEEPSEEK_LEAD = ' ';

const END_OF_SENTENCE = '<｜end▁of▁sentence｜>';
/** V2.5 and all that came after it have marks for the roles; R1 and V3 are of the same architecture. */
const LATER_ROLE_MARK = '<｜User｜>';

/** Special texts that tell whether a model is one that {@link deepseekForm} is for. */
export const DEEPSEEK_CHAT_MARKS: readonly string[] = [END_OF_SENTENCE, LATER_ROLE_MARK];

/**
 * Whether conversations with this model have the form of DeepSeek-V2, whatever template its file has. One without any was not taught
 * to talk, as our starter, which has that architecture and that vocabulary's marks.
 */
export function hasDeepseekForm(facts: {
  readonly architecture: string;
  readonly hasChatTemplate: boolean;
  /** Of {@link DEEPSEEK_CHAT_MARKS}, those that are one token of its vocabulary. */
  readonly singleTokens: ReadonlySet<string>;
}): boolean {
  const { architecture, hasChatTemplate, singleTokens } = facts;
  return (
    architecture === 'deepseek2' &&
    hasChatTemplate &&
    singleTokens.has(END_OF_SENTENCE) &&
    !singleTokens.has(LATER_ROLE_MARK)
  );
}

/**
 * A conversation as DeepSeek-Coder-V2 was taught it (deepseek-ai/DeepSeek-Coder-V2, README.md, "Chat Completion"): the system's
 * text without a heading, an empty line between the turns of a round, and the end of a sentence after each answer. The roles are
 * plain text, so between two special tokens all is one text and is tokenized as one.
 */
export function deepseekForm(turns: readonly ChatTurn[]): FormPart[] {
  const parts: FormPart[] = [];
  let text = '';
  for (const turn of turns) {
    if (turn.role === 'system') text += `${turn.text}\n\n`;
    else if (turn.role === 'user') text += `User: ${turn.text}\n\n`;
    else {
      parts.push({ text: `${text}Assistant:${DEEPSEEK_LEAD}${turn.text}` }, { special: END_OF_SENTENCE });
      text = '';
    }
  }
  return [...parts, { text: `${text}Assistant:` }];
}
