import { CIRCLED } from './endings.ts';

/** Thrown where an answer is given up because the model writes the same passage again and again. */
export class WentInCircles extends Error {
  constructor() {
    super(CIRCLED);
    this.name = 'WentInCircles';
  }
}

/** So often has a passage to stand there, one right behind the other. Ruled lines and rows of a table do not get as long. */
const TIMES = 4;
const LEAST_CHARS = 800;

/** Looked at again after so many characters: the look costs as much as the text it is at. */
const STEP_CHARS = 200;
const TAIL_CHARS = 8_000;

/** Watches an answer as it is written. A small model that is asked for the likeliest word can repeat a paragraph for ever. */
export class CircleWatch {
  private _tail = '';
  private _unseenChars = 0;

  /** Whether the answer, with this text at its end, goes round in circles. */
  add(text: string): boolean {
    this._tail = (this._tail + text).slice(-TAIL_CHARS);
    this._unseenChars += text.length;
    if (this._unseenChars < STEP_CHARS) return false;
    this._unseenChars = 0;
    return endsInCircles(this._tail);
  }
}

/** By the failure function of Knuth, Morris and Pratt, on the text backwards: of each ending it gives the shortest period. */
function endsInCircles(text: string): boolean {
  const at = (index: number): number => text.charCodeAt(text.length - 1 - index);
  const borders = new Uint16Array(text.length + 1);
  let border = 0;
  for (let index = 1; index < text.length; index++) {
    while (border > 0 && at(index) !== at(border)) border = borders[border] ?? 0;
    if (at(index) === at(border)) border++;
    const length = index + 1;
    borders[length] = border;
    if (length >= LEAST_CHARS && length >= TIMES * (length - border)) return true;
  }
  return false;
}
