import type { View } from '../completion/view.ts';
import type { Inspected } from './inspected.ts';

/** What became of a question, in words. */
export function outcome({ from, reason, placement, elapsedMs }: Inspected['answer']): string {
  const time = `${elapsedMs.toFixed(1)} ms`;
  if (reason !== undefined) return `nothing was asked (${reason})`;
  const what = placement ? 'a suggestion' : 'nothing to show';
  if (from === 'memory') return `${what}, remembered, in ${time}`;
  return from === 'superseded' ? 'given up for what was typed next' : `${what} from the model in ${time}`;
}

/** `path:line:column`, counted from 1 as the editor does. */
export function placeOf({ path, firstLine, prefix }: View): string {
  const lineStart = prefix.lastIndexOf('\n') + 1;
  const line = firstLine + prefix.split('\n').length;
  return `${path}:${line}:${prefix.length - lineStart + 1}`;
}
