/** Words that sentences about code begin with, and code does not. */
const OPENS =
  /^(?:sure|certainly|of course|absolutely|okay|great|(?:i am |i['’]m )?sorry\b|unfortunately\b|apologies\b|as an ai\b|here(?:['’]s| is| are)|below is|this (?:is|code|function|method|class|version|rewrite|will|change)|the (?:code|function|method|class|following|above|updated|refactored|rewritten|new|main) |i(?:['’](?:ve|ll|m)| have| will| am| cannot| can['’]t| could(?: not|n['’]t)| do(?: not|n['’]t)| made| added| changed| removed| replaced)\b|note(?:s)?\b|note that|explanation|changes?(?: made)?\b|in this (?:code|version)|with this|these changes|you can|let me know|as you can)/i;

/** What remains of a sentence is words: `this is = 1;` is code. */
const WORDS = /^[^{}();=<>]*(?:\([^()]*\)[^{}();=<>]*)*[.:!]$/;

/** Takes off what is said before and after code that stands in no fence. In prose, only what announces it. */
export function withoutTalk(lines: readonly string[], isProse: boolean): readonly string[] {
  const start = endOfOpening(lines, isProse);
  return isProse ? lines.slice(start) : lines.slice(start, startOfClosing(lines, start));
}

function endOfOpening(lines: readonly string[], isProse: boolean): number {
  let start = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (!isTalk(line) || (isProse && !line.trimEnd().endsWith(':'))) break;
    start = at + 1;
  }
  return start;
}

/** Paragraphs that begin with talk, and all that is below the first of them. */
function startOfClosing(lines: readonly string[], from: number): number {
  for (let at = from + 1; at < lines.length; at++) {
    if ((lines[at - 1] ?? '').trim() === '' && isTalk(lines[at] ?? '')) return at;
  }
  return lines.length;
}

function isTalk(line: string): boolean {
  // An indented line is part of something.
  if (/^[ \t]/.test(line)) return false;
  const bare = line.trim().replace(/^[*_#>\s]+|[*_]+$/g, '');
  return OPENS.test(bare) && WORDS.test(bare.replace(/`[^`]*`/g, 'code'));
}
