import type * as v from 'valibot';

/**
 * A protocol is an interface `R` with one method for each request, parameters in, reply out. Every message type is
 * derived from it; the parameters' own types come from the schemas that they are checked against.
 */
export type Method<R> = Extract<keyof R, string>;
export type Params<R, M extends keyof R> = R[M] extends (params: infer P) => unknown ? P : never;
export type Reply<R, M extends keyof R> = R[M] extends (params: never) => infer V ? V : never;

/** What the serving process checks each request against before a handler sees it. */
export type Schemas<R> = { readonly [M in Method<R>]: v.GenericSchema<unknown, Params<R, M>> };

/** What a handler gets besides its parameters. */
export interface CallContext {
  /** Aborted when the caller no longer wants the reply, or is gone. */
  readonly signal: AbortSignal;
  readonly report: (progress: unknown) => void;
}

export type Handlers<R> = {
  readonly [M in Method<R>]: (params: Params<R, M>, context: CallContext) => Promise<Reply<R, M>>;
};
