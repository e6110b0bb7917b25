/** What went wrong in the engine, as far as a user or the host can act on it. */
export const ENGINE_ERROR_KINDS = [
  'model-missing',
  'model-unreadable',
  'not-gguf',
  'truncated',
  'unsupported-architecture',
  'not-enough-memory',
  'no-binary',
  'load-failed',
  'offline',
  'not-found',
  'access-denied',
  'server-error',
  'disk-full',
  'no-permission',
  'wrong-download',
  'model-not-loaded',
  'prompt-too-long',
  'unknown-segments',
  'protocol',
  'bad-request',
  'cancelled',
  'engine-gone',
  'internal',
] as const;

export type EngineErrorKind = (typeof ENGINE_ERROR_KINDS)[number];

/** Figures that belong to an error, by name; sizes in bytes, lengths in tokens. */
export type EngineErrorDetails = Readonly<Record<string, number | string | readonly string[]>>;

/**
 * The one error that crosses the process boundary. Thrown by the engine's handlers, sent as a JSON-RPC error with its
 * kind and details, and thrown again by {@link RpcClient.request} with the caller's stack.
 */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly details: EngineErrorDetails;

  constructor(
    kind: EngineErrorKind,
    message: string,
    details: EngineErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EngineError';
    this.kind = kind;
    this.details = details;
  }
}
