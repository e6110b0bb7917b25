/**
 * What is left of a suggestion after the user typed its beginning; undefined where they typed something else.
 * White space at the start of a line is not compared, because the editor indents new lines by itself.
 */
export function typeThrough(suggestion: string, typed: string): string | undefined {
  const { at, matched } = walk(suggestion, typed);
  return matched === typed.length ? suggestion.slice(at) : undefined;
}

/** Whether `typed` can still be the beginning of a text of which only `soFar` has been written. */
export function canStillMatch(soFar: string, typed: string): boolean {
  const { at, matched } = walk(soFar, typed);
  return matched === typed.length || at === soFar.length;
}

function walk(suggestion: string, typed: string): { at: number; matched: number } {
  let at = 0;
  let matched = 0;
  while (matched < typed.length) {
    if (typed[matched] === suggestion[at]) {
      at++;
      matched++;
    } else if (isIndentation(typed, matched)) {
      matched++;
      // Tabs against spaces cannot be counted against each other: the user's indentation stands for the whole of ours.
      while (isIndentation(suggestion, at)) at++;
    } else if (isIndentation(suggestion, at)) {
      at++;
    } else {
      break;
    }
  }
  // The editor's indentation may be less than the suggestion's: the rest of it is still to be typed, and shown.
  return { at, matched };
}

/** Whether the character is white space with nothing but white space before it on a line after the first. */
function isIndentation(text: string, index: number): boolean {
  if (text[index] !== ' ' && text[index] !== '\t') return false;
  const lineStart = text.lastIndexOf('\n', index) + 1;
  return lineStart > 0 && text.slice(lineStart, index).trim() === '';
}
