import { linePrefix, type View } from '../view.ts';
import type { Filter, Filtered, ShapeContext } from './filter.ts';

/** Markers of prompts and chats, which a model may spell as text. */
const MARKER =
  /<[|｜][\w▁:-]{2,40}[|｜]>|<\/?(?:fim_\w+|file_sep|filename|reponame|endoftext)>|<(?:EOT|PRE|SUF|MID|END)>|\[\/?INST\]/;

/** Headers that part the files of a prompt, alone on a line and behind the mark of a comment. */
const NAMED_FILE =
  /^(?:\/\/|#+|--|;+|%+|"|'|\/\*|<!--|\(\*)\s*(?:Path|File|Filename|File ?path)\s*:\s*\S+\.?\w*\s*(?:\*\/|-->|\*\))?$/i;
const BARE_PATH = /^(?:\/\/|#+|--|;+|%+)\s?((?:[\w.@-]+\/)+[\w.@-]+\.\w{1,10})$/;

/**
 * Cuts where the text stops being what belongs at the cursor: at a marker of the prompt's format, and at the header of another file.
 */
export const foreignText: Filter = {
  name: 'foreign text',
  apply(text: string, { view, complete }: ShapeContext): Filtered {
    const marker = MARKER.exec(text)?.index;
    const header = headerAt(marker === undefined ? text : text.slice(0, marker), view, complete);
    const end = header ?? marker;
    return end === undefined ? { text, final: false } : { text: text.slice(0, end), final: true };
  },
};

/** Where the first line that is a header begins. At the top of a file it may be the file's own. */
function headerAt(text: string, view: View, complete: boolean): number | undefined {
  if (view.prefix.trim() === '') return undefined;
  const lines = text.split('\n');
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const isWhole = complete || index < lines.length - 1;
    const isOnItsOwn = index > 0 || linePrefix(view).trim() === '';
    if (isWhole && isOnItsOwn && isHeader(line.trim())) return at;
    at += line.length + 1;
  }
  return undefined;
}

function isHeader(line: string): boolean {
  return NAMED_FILE.test(line) || BARE_PATH.test(line);
}
