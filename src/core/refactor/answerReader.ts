import type { Language } from '../languages/language.ts';
import type { ChatAnswer } from '../ports/chatModel.ts';
import { codeOfAnswer, isFence } from './codeOfAnswer.ts';
import { fitIndentation, type IndentationStyle } from './fitIndentation.ts';
import type { HiddenSecrets } from './hiddenSecrets.ts';
import { withoutBlankEnds } from './passage.ts';
import { RefactorRefused } from './refactorRefused.ts';

export interface AnswerReaderOptions {
  /** The code that the answer takes the place of, or is written beside, as the prompt had it. */
  readonly original: readonly string[];
  readonly language: Language;
  readonly style: IndentationStyle;
  readonly secrets: HiddenSecrets;
  /** Whether the secrets of the code belong into the answer; else their placeholders stay in it. */
  readonly keepsSecrets: boolean;
}

/** Turns what a model has answered so far into lines for the document. They have no line ends. */
export class AnswerReader {
  private readonly _options: AnswerReaderOptions;

  constructor(options: AnswerReaderOptions) {
    this._options = options;
  }

  /** Lines that are whole. More text may change them, though it seldom does. */
  read(answer: string): readonly string[] {
    const { secrets, keepsSecrets } = this._options;
    const code = this.fitted(answer, false).lines.join('\n');
    return linesOf(keepsSecrets ? secrets.restore(code) : code);
  }

  /** @throws {@link RefactorRefused} where the answer is not fit to take the code's place. */
  readWhole(answer: string, finish: ChatAnswer['finish']): readonly string[] {
    const { original, secrets, keepsSecrets } = this._options;
    const { lines, isClosed } = this.fitted(answer, true);
    if (finish === 'length' && !isClosed) {
      throw new RefactorRefused(
        'The answer was cut off before its end: select less code, or give the model a larger context. Nothing was changed.',
      );
    }
    if (lines.length === 0)
      throw new RefactorRefused('The model answered without code. Nothing was changed.');
    const code = lines.join('\n');
    return linesOf(keepsSecrets ? secrets.restoreAll(code, original.join('\n')) : code);
  }

  private fitted(answer: string, isComplete: boolean): { lines: readonly string[]; isClosed: boolean } {
    const { original, language, style } = this._options;
    const { lines, isClosed } = codeOfAnswer(answer, isComplete, {
      isProse: language.prose,
      hasFences: original.some(isFence),
    });
    const { start, end } = withoutBlankEnds(lines);
    const code = lines.slice(start, end);
    const fitted = fitIndentation(code, original, style, isComplete || isClosed);
    return { lines: fitted ?? [], isClosed };
  }
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}
