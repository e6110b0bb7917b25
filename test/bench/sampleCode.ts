import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../support/paths.ts';

/** Real code, as much as asked for: our own sources one after another, in a fixed order. */
export function sampleCode(chars: number): string {
  let text = '';
  for (const file of sources()) {
    text += readFileSync(join(PROJECT, 'src', file), 'utf8');
    if (text.length >= chars) break;
  }
  return text.slice(0, chars);
}

function sources(): string[] {
  return readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
}
