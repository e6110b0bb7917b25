const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * What an editor has put behind the cursor by itself while `typed` was typed: the closing brackets that are not yet typed over,
 * each on a line of its own where the user went on below the opening one.
 */
export function autoClosed(typed: string): string {
  const open: { closer: string; isBelow: boolean }[] = [];
  for (const character of typed) {
    const closer = CLOSERS[character];
    if (closer !== undefined) open.push({ closer, isBelow: false });
    else if (character === open.at(-1)?.closer) open.pop();
    else if (character === '\n') open.forEach((each) => (each.isBelow = true));
  }
  return open
    .reverse()
    .map(({ closer, isBelow }) => (isBelow ? `\n${closer}` : closer))
    .join('');
}
