/**
 * Hands generated text on as it comes, across an engine that dies on the way: the next one writes from the beginning, and
 * what was handed on before is not handed on again.
 */
export class ResumedText {
  private readonly _onText: (text: string, logProbability: number) => void;
  /** What the listener has. */
  private _handedOn = '';
  /** What the present engine has written. */
  private _written = '';
  private _diverged = false;

  constructor(onText: (text: string, logProbability: number) => void) {
    this._onText = onText;
  }

  /** The new engine wrote something else: what the listener has is of no use, and nothing more is handed on. */
  get diverged(): boolean {
    return this._diverged;
  }

  restart(): void {
    this._written = '';
  }

  push(text: string, logProbability: number): void {
    this._written += text;
    const fresh = this._written.slice(this._handedOn.length);
    this._diverged ||= !this._handedOn.startsWith(this._written.slice(0, this._handedOn.length));
    if (this._diverged || fresh === '') return;
    this._handedOn += fresh;
    this._onText(fresh, logProbability);
  }
}
