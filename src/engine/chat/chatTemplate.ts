import { Template } from '@huggingface/jinja';
import type { ChatTurn } from '../../rpc/engineProtocol.ts';
import { DeadlinePassed, withDeadline } from './withDeadline.ts';

/** A template is part of a file from anywhere: one that goes round for ever would stop completions too. A real one takes 1 ms. */
const DEADLINE_MS = 500;

/** Characters of no script, which no template writes. Around a number they stand for the text of a turn. */
const [OPEN, CLOSE] = ['\uE0F0', '\uE0F1'];
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`);

/** A prompt in order: the template's own text, which may name special tokens, and the texts of turns, by index. */
export type Rendered = readonly (string | number)[];

/** What a template may write of the vocabulary. */
export interface TokenNames {
  readonly bos: string;
  readonly eos: string;
}

/**
 * A model file's chat template (Jinja, the subset that Hugging Face's `apply_chat_template` defines). It is given marks in the
 * place of what was said, so that in its output what the template wrote and what people and models wrote stay apart.
 *
 * node-llama-cpp's `JinjaTemplateChatWrapper` does the like, but asks for an empty answer and cuts there, which leaves a space
 * behind DeepSeek's `Assistant:`; `add_generation_prompt` ends the prompt as the maker meant it.
 */
export class ChatTemplate {
  private readonly _source: string;
  private readonly _names: TokenNames;
  private _template: Template | undefined;
  /** It went on too long, and is not run again. */
  private _isRefused = false;
  private _failure: unknown;

  constructor(source: string, names: TokenNames) {
    this._source = source;
    this._names = names;
  }

  /** Why it could not be run the last time that it could not. Has no text of a conversation: a template is given none. */
  get failure(): unknown {
    return this._failure;
  }

  /** The prompt up to where the answer begins; undefined where the template cannot be run, or leaves out a turn. */
  render(turns: readonly ChatTurn[]): Rendered | undefined {
    const plain = turns.map(({ role }, index) => ({ role, content: mark(index) }));
    return this.attempt(plain, true) ?? this.attempt(withoutSystem(plain), true);
  }

  /** What stands between the end of a prompt and an answer in the prompts that follow: DeepSeek-Coder-V2's one space. */
  lead(): string {
    const asked = { role: 'user', content: mark(0) } as const;
    const before = this.attempt([asked], true)?.join('');
    const after = this.attempt([asked, { role: 'assistant', content: mark(1) }], false);
    const answerAt = after?.indexOf(1) ?? -1;
    const until = after?.slice(0, answerAt).join('') ?? '';
    return before !== undefined && answerAt > 0 && until.startsWith(before) ? until.slice(before.length) : '';
  }

  private attempt(messages: readonly Message[], isQuestion: boolean): Rendered | undefined {
    if (this._isRefused) return undefined;
    try {
      const text = withDeadline(DEADLINE_MS, () => {
        this._template ??= new Template(this._source);
        return this._template.render({
          messages,
          add_generation_prompt: isQuestion,
          bos_token: this._names.bos,
          eos_token: this._names.eos,
          // Thoughts would be shown as the answer, and take the time of one.
          enable_thinking: false,
        });
      });
      const rendered = split(text);
      const asked = split(messages.map(({ content }) => content).join(''));
      if (asked.every((part) => typeof part === 'string' || rendered.includes(part))) return rendered;
      throw new Error('It leaves out a turn.');
    } catch (error) {
      this._isRefused ||= error instanceof DeadlinePassed;
      this._failure = error;
      return undefined;
    }
  }
}

interface Message {
  readonly role: ChatTurn['role'];
  readonly content: string;
}

/** For models that know no system's turn (Gemma's template refuses one): what it says stands before the first question. */
function withoutSystem(messages: readonly Message[]): Message[] {
  const [system, first, ...rest] = messages;
  if (system?.role !== 'system' || first === undefined) return [...messages];
  return [{ role: first.role, content: `${system.content}\n\n${first.content}` }, ...rest];
}

function mark(index: number): string {
  return `${OPEN}${index}${CLOSE}`;
}

/** `String.split` gives texts and captured numbers in turn. */
function split(text: string): Rendered {
  return text
    .split(MARK)
    .map((part, index) => (index % 2 === 0 ? part : Number(part)))
    .filter((part) => part !== '');
}
