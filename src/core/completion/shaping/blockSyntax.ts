import type { Language } from '../../languages/language.ts';
import { scanBrackets, withoutComment } from '../brackets.ts';
import { indentationOf, isOpener } from '../indentation.ts';

const CLOSES_BLOCK = /^\s*([)\]}]|<\/|(end(if|for|while|function|case|try|class|module)?|fi|done|esac)\b)/i;
/** The beginning of a line that may turn out to close the block. */
const MAY_CLOSE_BLOCK = /^\s*([)\]}]|<(\/|$)|(e(n(d\w*)?)?|es(ac?)?|fi?|d(o(ne?)?)?)$)/i;

/** Signatures, and heads that need no parentheses: an opening brace may stand on the next line. Not calls: most lines are some. */
const SIGNATURE =
  /^\s*(?!(?:return|await|throw|new|yield|echo|print|assert|case|go|defer)\b)(?:[\w<>[\],*&:~?.]+\s+[^=;(]*|(?:if|for|foreach|while|switch|catch|using|lock)\s*)\(.*\)\s*(?:(?:const|override|noexcept|async|throws|where|->|:)[^;{}]*)?$/;
const HEAD =
  /^\s*(?:[a-z]+\s+){0,3}(?:class|struct|interface|enum|namespace|union|record|trait|impl|do|else|try|finally)\b[^;{}=]*$/;

const KEYWORD_HEAD =
  /^\s*(?:(?:local|private|public|static|async|export)\s+)*(?:begin|case|class|def\w*|do|else\w*|elsif|for|foreach|fun|function|if|impl|let|loop|macro|module|procedure|proc|quote|repeat|select|struct|sub|try|type|unless|until|when|while|with)\b|^\s*<[a-z][^<>]*[^/<>]>$/i;

/** Stand at the left margin wherever they are. */
const PREPROCESSOR =
  /^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif|else|endif|define|undef|pragma|error|include|region|endregion)\b/;
/** Stand as far out as the head of their block, in some styles. */
const LABEL = /^\s*(?:case\b.*|default|public|private|protected)\s*:/;

/** A head is hardly ever longer. */
const MAX_HEAD_LINES = 12;

/**
 * Columns that the head of a block is indented by, whose last line `text` ends with: what that line closes may have been
 * opened further up.
 */
export function headIndentation(text: string, language: Language): number {
  let start = text.lastIndexOf('\n') + 1;
  const own = indentationOf(text.slice(start));
  for (let lines = 1; lines <= MAX_HEAD_LINES; lines++) {
    const { closers } = scanBrackets(text.slice(start), language);
    if (!closers.some(({ character }) => character === ')')) return indentationOf(text.slice(start));
    if (start === 0) break;
    start = text.lastIndexOf('\n', start - 2) + 1;
  }
  return own;
}

/** `text` up to its last line that is more than a comment: what the author is about to do says not where they do it. */
export function upToCode(text: string, language: Language): string {
  let end = text.length;
  for (let lines = 0; lines < MAX_HEAD_LINES && end > 0; lines++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (withoutComment(text.slice(start, end), language).trim() !== '') break;
    end = Math.max(0, start - 1);
  }
  return text.slice(0, end);
}

/** Whether a block follows a line, whatever comment stands at its end. */
export function opensBlock(line: string, language: Language): boolean {
  return isOpener(withoutComment(line, language));
}

/** Whether a line belongs to the block it stands in although it is not indented. */
export function isUnindented(line: string, head: string, language: Language): boolean {
  if (language.blocks !== 'braces') return false;
  return (
    (PREPROCESSOR.test(line) && !language.lineComments.includes('#')) ||
    (LABEL.test(line) && withoutComment(head, language).trimEnd().endsWith('{'))
  );
}

/** Whether a line ends a block that began above it. */
export function closesBlock(line: string): boolean {
  return CLOSES_BLOCK.test(line);
}

export function mayCloseBlock(line: string): boolean {
  return MAY_CLOSE_BLOCK.test(line);
}

/** Whether a line, although it does not end like one, may open a block that begins on the next. */
export function mayOpenBelow(line: string, { blocks }: Language): boolean {
  if (blocks === 'braces') return SIGNATURE.test(line) || HEAD.test(line);
  return blocks === 'keywords' ? KEYWORD_HEAD.test(line) : /=\s*$/.test(line);
}

/** Whether it does, as the next line begins. */
export function opensBelow(line: string, next: string, { blocks }: Language): boolean {
  return blocks === 'braces' ? /^\s*\{/.test(next) : indentationOf(next) > indentationOf(line);
}
