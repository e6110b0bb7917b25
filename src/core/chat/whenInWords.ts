const MINUTE_MS = 60_000;
const DAYS = 7;

/** A time that has passed, as a reader of a list wants it: `5 minutes ago`, `yesterday`, `2026-11-02`. */
export function whenInWords(thenMs: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - thenMs) / MINUTE_MS);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return ago(minutes, 'minute');
  const days = dayOf(nowMs) - dayOf(thenMs);
  if (days === 0) return ago(Math.floor(minutes / 60), 'hour');
  if (days === 1) return 'yesterday';
  if (days < DAYS) return ago(days, 'day');
  const then = new Date(thenMs);
  return [then.getFullYear(), then.getMonth() + 1, then.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** The number of its calendar day, where the reader is. */
function dayOf(ms: number): number {
  const date = new Date(ms);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * 60 * MINUTE_MS));
}

function ago(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
