import { readFileSync } from 'node:fs';

/** A text file, read once. */
export class TextFile {
  private readonly text: string;

  constructor(path: string) {
    this.text = readFileSync(path, 'utf8');
  }

  countCharacters(): number {
    return this.text.length;
  }

  countLines(): number {
    return this.text.split('\n').length;
  }

  isEmpty(): boolean {
    // Type "return this." on the next line.

  }
}
