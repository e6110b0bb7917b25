/** Where a layer writes what happened. In VS Code a log output channel, in tests nothing or an array. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

export const nullLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Any thrown value in words, with the stack and the causes where there are some. Never throws itself. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : describeValue(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\nCaused by: ${describeError(error.cause)}`;
}

/** JSON has no word for undefined, functions, symbols, big integers and circles. */
function describeValue(value: unknown): string {
  try {
    const json: string | undefined = JSON.stringify(value);
    return json ?? String(value);
  } catch {
    return String(value);
  }
}
