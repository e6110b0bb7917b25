import type { ChatForm, ChatPart, ChatPrompt, ChatTurn } from '../../rpc/engineProtocol.ts';
import { describeError, type Log } from '../../base/log.ts';
import type { BoundModel } from '../binding.ts';
import { ChatTemplate, type Rendered } from './chatTemplate.ts';
import { PLAIN_STOPS, plainForm } from './plainForm.ts';

export interface FormedPrompt {
  /** Without BOS where the vocabulary asks for one anyway. */
  readonly parts: readonly ChatPart[];
  readonly form: ChatForm;
  /** What the model writes before its answer, and the form before that answer later on. */
  readonly lead: string;
  readonly stops: readonly string[];
}

/** Makes prompts of conversations, in the form that the model's file asks for. */
export class ChatPrompts {
  private readonly _model: BoundModel;
  private readonly _template: ChatTemplate | undefined;
  private readonly _log: Log;
  private _lead: string | undefined;
  private _isLogged = false;

  constructor(model: BoundModel, log: Log) {
    this._model = model;
    this._log = log;
    const { source, bos, eos } = model.chatTemplate;
    this._template = source === undefined ? undefined : new ChatTemplate(source, { bos, eos });
  }

  of(prompt: ChatPrompt): FormedPrompt {
    if ('parts' in prompt) return { ...prompt, form: 'given', stops: [] };
    const { turns } = prompt;
    const rendered = this._template?.render(turns);
    if (rendered === undefined) {
      this.logFailure();
      const parts = [{ text: plainForm(turns), leadingSpace: true }];
      return { parts, form: 'plain', lead: '', stops: PLAIN_STOPS };
    }
    this._lead ??= this._template?.lead() ?? '';
    return { parts: this.partsOf(rendered, turns), form: 'template', lead: this._lead, stops: [] };
  }

  private logFailure(): void {
    if (this._template === undefined || this._isLogged) return;
    this._isLogged = true;
    const [why] = describeError(this._template.failure).split('\n', 1);
    this._log.warn(`The model's chat template cannot be used: ${why}`);
  }

  /**
   * Special tokens of the template's own texts, and between two of them one text, whoever wrote it: tokens that span what a
   * template and what a person wrote are those that the model was taught with.
   */
  private partsOf(rendered: Rendered, turns: readonly ChatTurn[]): ChatPart[] {
    const { bos } = this._model.chatTemplate;
    const parts: ChatPart[] = [];
    let text = '';
    const endText = (): void => {
      // As llama.cpp tokenizes a whole prompt: vocabularies that know a space before a text put it behind each special token.
      if (text !== '') parts.push({ text, leadingSpace: true });
      text = '';
    };
    for (const piece of rendered) {
      if (typeof piece === 'number') {
        text += turns[piece]?.text ?? '';
        continue;
      }
      for (const own of this._model.splitSpecials(piece)) {
        if ('text' in own) {
          text += own.text;
          continue;
        }
        endText();
        const isFirst = parts.length === 0;
        if (!(isFirst && own.special === bos && this._model.bosToken !== undefined)) parts.push(own);
      }
    }
    endText();
    return parts;
  }
}
