import { EngineError } from '../../rpc/engineError.ts';

/** The typed error for anything that ended a download or the look at one. */
export function downloadError(error: unknown, url: string, signal: AbortSignal): EngineError {
  if (signal.aborted) return new EngineError('cancelled', 'The download was cancelled.');
  if (error instanceof EngineError) return error;
  const { host } = new URL(url);
  const cause = { cause: error };
  const status = field(error, 'statusCode');
  if (typeof status === 'number') return statusError(status, url, undefined, cause);
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new EngineError('disk-full', 'The disk is full.', {}, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EngineError('no-permission', 'The folder for models cannot be written to.', {}, cause);
    default:
      return new EngineError('offline', `${host} cannot be reached.`, { host }, cause);
  }
}

/** @param reason Hugging Face's `x-error-code`: it answers 401 for what does not exist as well. */
export function statusError(
  status: number,
  url: string,
  reason?: string,
  options?: ErrorOptions,
): EngineError {
  const { host, pathname } = new URL(url);
  const details = { status, url };
  if (reason === 'GatedRepo') {
    return new EngineError(
      'access-denied',
      `${host} gives this model only to those who have accepted its terms: accept them there and set HF_TOKEN.`,
      details,
      options,
    );
  }
  if (reason === 'RepoNotFound') {
    return new EngineError(
      'not-found',
      `${host} has no such repository, or it is private.`,
      details,
      options,
    );
  }
  if (status === 401 || status === 403) {
    return new EngineError(
      'access-denied',
      `${host} does not give this file to everyone: it may need a login, HF_TOKEN for Hugging Face.`,
      details,
      options,
    );
  }
  if (status === 404 || status === 410) {
    const file = decodeURIComponent(pathname);
    return new EngineError('not-found', `${host} has no file ${file}.`, details, options);
  }
  return new EngineError('server-error', `${host} answered with error ${status}.`, details, options);
}

function errnoOf(error: unknown): unknown {
  for (let each = error; each instanceof Error; each = each.cause) {
    const code = field(each, 'code');
    if (code !== undefined) return code;
  }
  return undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
