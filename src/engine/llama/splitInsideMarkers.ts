/**
 * Cuts `text` after the first character of every marker in it, so that no piece contains a marker whole and the
 * tokenizer cannot turn user text into one. One piece, the text itself, where there is none.
 */
export function splitInsideMarkers(text: string, markers: readonly string[]): string[] {
  const cuts = new Set<number>();
  for (const marker of markers) {
    for (let at = text.indexOf(marker); marker.length > 1 && at >= 0; at = text.indexOf(marker, at + 1)) {
      cuts.add(at + 1);
    }
  }
  if (cuts.size === 0) return [text];
  const sorted = [...cuts].sort((a, b) => a - b);
  return [0, ...sorted].map((start, index) => text.slice(start, sorted[index] ?? text.length));
}
