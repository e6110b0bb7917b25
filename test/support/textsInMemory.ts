import type { SourceText, SourceTexts } from '../../src/core/ports/sourceTexts.ts';
import { uriOf } from './scriptedIndex.ts';

/** Files by path. */
export class TextsInMemory implements SourceTexts {
  readonly files = new Map</* path */ string, string>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.files.set(path, text);
  }

  async read(uri: string): Promise<SourceText | undefined> {
    const path = [...this.files.keys()].find((each) => uriOf(each) === uri);
    return path === undefined ? undefined : { uri, path, text: this.files.get(path) ?? '' };
  }
}

/** `line 0` to `line n - 1`, each with `tag`. */
export function numbered(lines: number, tag = 'line'): string {
  return Array.from({ length: lines }, (_, line) => `${tag} ${line}`).join('\n');
}
