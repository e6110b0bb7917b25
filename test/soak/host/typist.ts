import * as vscode from 'vscode';
import { openAt, pause, revert, type } from '../../integration/support.ts';

/** Begins on a new line in a function that has no body yet. `$` is another name each time: what was typed before would be answered from memory. */
const LINES: readonly string[] = [
  '\n$ = os.path.getsize(path)',
  '\nif $ > 0:',
  '\nreturn $',
  '\n\n\ndef count_$(path):',
  '\nwith open(path) as $:',
  '\nreturn len($.readlines())',
  '\n\n\ndef copy_$(source, target):',
  '\nwrite_text(target, read_text(source))',
];

/** Types the same few lines with other names, a key at a time, with a pause now and then, until stopped. */
export class Typist {
  private readonly _random: () => number;
  private readonly _stopping = new AbortController();
  private _keys = 0;

  constructor(random: () => number) {
    this._random = random;
  }

  get keys(): number {
    return this._keys;
  }

  stop(): void {
    this._stopping.abort();
  }

  async run(): Promise<void> {
    while (!this._stopping.signal.aborted) {
      await openAt('src/files.py', 18);
      const name = this.name();
      for (const line of LINES) await this.typeLine(line.replaceAll('$', name));
      await revert();
    }
  }

  private async typeLine(line: string): Promise<void> {
    for (const character of line) {
      if (this._stopping.signal.aborted) return;
      await type(character);
      this._keys++;
      await pause(50 + this._random() * 100 + (this._random() < 0.1 ? 600 : 0));
    }
    // Who writes code looks at a line before the next one.
    await pause(this._random() * 2_000);
    // What auto-closing added would pile up.
    await vscode.commands.executeCommand('deleteAllRight');
  }

  private name(): string {
    const letter = (): string => String.fromCharCode(97 + Math.floor(this._random() * 26));
    return `${letter()}${letter()}${letter()}${letter()}`;
  }
}
