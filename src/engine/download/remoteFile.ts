import { EngineError } from '../../rpc/engineError.ts';
import { statusError } from './downloadError.ts';
import { hubToken, isHubUrl } from './hub.ts';

/** A file on a server, as the server describes it. */
export interface RemoteFile {
  readonly url: string;
  readonly fileName: string;
  /** 0 where the server does not say. */
  readonly sizeBytes: number;
  /** In hexadecimal; Hugging Face names it for every large file. */
  readonly sha256?: string;
}

const MAX_REDIRECTS = 5;
/** What some servers answer to a method they do not know. */
const HEAD_REFUSED = new Set([403, 405, 501]);

/**
 * Asks a server about a file. Hugging Face describes the file in the answer that sends one on to its storage, so each
 * redirect is looked at instead of followed blindly.
 */
export async function askForFile(url: string, signal: AbortSignal): Promise<RemoteFile> {
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await ask(at, signal);
    const { headers } = response;
    const linkedBytes = Number(headers.get('x-linked-size'));
    const location = headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null && !linkedBytes) {
      at = new URL(location, at).href;
      continue;
    }
    if (response.status >= 400) {
      throw statusError(response.status, at, headers.get('x-error-code') ?? undefined);
    }
    refuseWebPage(response, at);
    const sha256 = sha256Of(headers.get('x-linked-etag') ?? '');
    return {
      url,
      fileName: fileNameOf(url),
      sizeBytes: linkedBytes || sizeOf(response),
      ...(sha256 !== undefined && { sha256 }),
    };
  }
  throw new EngineError('server-error', `${new URL(url).host} sends one on without end.`, { url });
}

/** The file's name in an address, without what a disk may not take. */
export function fileNameOf(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  return name.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_');
}

/** Headers with the user's token, for the hub alone. */
export async function hubHeaders(url: string): Promise<Record<string, string>> {
  const token = isHubUrl(url) ? await hubToken() : undefined;
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function ask(url: string, signal: AbortSignal): Promise<Response> {
  const headers = { 'accept-encoding': 'identity', ...(await hubHeaders(url)) };
  const head = await fetch(url, { method: 'HEAD', redirect: 'manual', headers, signal });
  if (!HEAD_REFUSED.has(head.status) || head.headers.has('x-error-code')) return head;
  const get = await fetch(url, { redirect: 'manual', headers: { ...headers, range: 'bytes=0-0' }, signal });
  await get.body?.cancel();
  return get;
}

function sizeOf({ headers }: Response): number {
  const inRange = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  return Number(inRange ?? headers.get('content-length')) || 0;
}

/** A network that wants a login first answers everything with a page. */
function refuseWebPage({ headers }: Response, url: string): void {
  if (!/^text\/html/i.test(headers.get('content-type') ?? '')) return;
  throw new EngineError('not-found', `${new URL(url).host} answers with a web page instead of a file.`, {
    url,
  });
}

/** Small files have another kind of tag there, which is no hash of their content. */
function sha256Of(etag: string): string | undefined {
  return /^"?([0-9a-f]{64})"?$/i.exec(etag)?.[1]?.toLowerCase();
}
