/** From `start` to before `end`, in characters. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Found {
  /** In order, none overlapping. */
  readonly spans: readonly Span[];
  /** The text ends inside a private key that goes on behind it. */
  readonly insideKey: boolean;
}
