import type { Language } from '../../languages/language.ts';
import { indentationOf } from '../indentation.ts';

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
