/** An exponentially weighted moving average; the first sample is taken as it is. */
export class Ewma {
  private _value: number | undefined;
  private readonly _weight: number;

  /** @param weight of a new sample, in (0, 1]. */
  constructor(weight: number) {
    this._weight = weight;
  }

  get value(): number | undefined {
    return this._value;
  }

  add(sample: number): void {
    this._value = this._value === undefined ? sample : this._value + this._weight * (sample - this._value);
  }
}
