import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  readonly bytes: Buffer;
  /** Answer to everything about this file: 404, 401. */
  readonly status?: number;
  /** Hugging Face's word for why. */
  readonly errorCode?: string;
  /** What it says the hash is. Default: what it is. */
  readonly sha256?: string;
}

export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** `HEAD /path`, `GET /path bytes=0-99`, in order. */
  readonly requests: string[];
  /** Body bytes written so far. */
  sentBytes: number;
  /** Bodies stop after this many bytes in all, their connections stay open. */
  holdAfterBytes: number;
  /** Answers to the next ranged requests, before the file is served again. */
  readonly rangeStatuses: number[];
  /** Drops every connection and takes no more. */
  die(): Promise<void>;
}

const PIECE_BYTES = 256 * 1024;

/**
 * A server on loopback with files by path. A path below `/user/repo/resolve/` is answered as Hugging Face does: the
 * description with a redirect to its storage, which is this server too.
 */
export async function serveFiles(files: Readonly<Record</* path */ string, Served>>): Promise<FileServer> {
  const server = createServer((request, response) => void answer(request, response));
  const listening = new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await listening;
  const { port } = server.address() as AddressInfo;
  const die = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const self: FileServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    sentBytes: 0,
    holdAfterBytes: Infinity,
    rangeStatuses: [],
    die,
    [Symbol.asyncDispose]: die,
  };
  return self;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const path = new URL(request.url ?? '', self.url).pathname;
    self.requests.push([method, path, headers.range].filter(Boolean).join(' '));
    const manifest = /^\/v2\/(.*)\/manifests\/(.*)$/.exec(path);
    if (manifest) return answerManifest(response, manifest[1] ?? '', manifest[2] ?? '');
    const stored = path.startsWith('/storage/');
    const file = files[stored ? path.slice('/storage'.length) : path];
    const status = file ? file.status : 404;
    if (!file || status !== undefined) {
      response.writeHead(status ?? 404, file?.errorCode ? { 'x-error-code': file.errorCode } : {});
      response.end();
      return;
    }
    if (path.includes('/resolve/') && !stored) {
      const sha256 = file.sha256 ?? createHash('sha256').update(file.bytes).digest('hex');
      response.writeHead(302, {
        location: `/storage${path}`,
        'x-linked-size': String(file.bytes.length),
        'x-linked-etag': `"${sha256}"`,
      });
      response.end();
      return;
    }
    await sendFile(file.bytes, request, response);
  }

  function answerManifest(response: ServerResponse, repo: string, quant: string): void {
    const path = Object.keys(files).find((each) => each.startsWith(`/${repo}/`) && each.includes(quant));
    response.writeHead(path ? 200 : 400, { 'content-type': 'application/json' });
    response.end(path && JSON.stringify({ ggufFile: { rfilename: path.split('/').slice(5).join('/') } }));
  }

  async function sendFile(bytes: Buffer, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const refused = range && self.rangeStatuses.shift();
    if (refused) {
      response.writeHead(refused).end();
      return;
    }
    const [start, end] = range ? [Number(range[1]), Number(range[2]) + 1] : [0, bytes.length];
    response.writeHead(range ? 206 : 200, {
      'accept-ranges': 'bytes',
      'content-length': end - start,
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` }),
    });
    // The downloader asks for the whole file first, and reads only the answer's head.
    if (request.method === 'HEAD') response.end();
    else if (!range) response.flushHeaders();
    else await sendBody(bytes.subarray(start, end), response);
  }

  async function sendBody(bytes: Buffer, response: ServerResponse): Promise<void> {
    for (let at = 0; at < bytes.length && !response.destroyed; at += PIECE_BYTES) {
      if (self.sentBytes >= self.holdAfterBytes) return;
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      self.sentBytes += piece.length;
      // One that is gone never drains.
      if (!response.write(piece)) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    response.end();
  }
}

/** Bytes in any of the ranges asked for, each counted once: a part that is slow to come may be asked for twice. */
export function bytesAskedFor({ requests }: FileServer): number {
  let [bytes, end] = [0, -1];
  const spans = requests.flatMap((each) => {
    const [, first, last] = / bytes=(\d+)-(\d+)$/.exec(each) ?? [];
    return first === undefined ? [] : [{ first: Number(first), last: Number(last) }];
  });
  for (const { first, last } of spans.sort((a, b) => a.first - b.first)) {
    bytes += Math.max(0, last - Math.max(first - 1, end));
    end = Math.max(end, last);
  }
  return bytes;
}
