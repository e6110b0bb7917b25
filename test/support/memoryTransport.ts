import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Message,
} from 'vscode-jsonrpc/node';
import type { Transport } from '../../src/rpc/rpcClient.ts';

export interface TransportPair {
  readonly host: Transport;
  readonly engine: Transport;
  /** Both ends hear that the channel is gone; what is still on its way is lost. */
  close(): void;
}

/** Two ends of a channel in memory. What is written goes through JSON and arrives later, in order, as over a fork's IPC. */
export function memoryTransport(): TransportPair {
  const toEngine = new MemoryChannel();
  const toHost = new MemoryChannel();
  return {
    host: { reader: toHost.reader, writer: toEngine.writer },
    engine: { reader: toEngine.reader, writer: toHost.writer },
    close() {
      toEngine.close();
      toHost.close();
    },
  };
}

/** One direction. */
class MemoryChannel {
  readonly reader = new MemoryReader();
  readonly writer = new MemoryWriter((message) => this.send(message));
  private _open = true;

  close(): void {
    if (!this._open) return;
    this._open = false;
    this.reader.closed();
    this.writer.closed();
  }

  private send(message: string): void {
    setImmediate(() => {
      if (this._open) this.reader.receive(message);
    });
  }
}

class MemoryReader extends AbstractMessageReader {
  private _callback: DataCallback | undefined;

  listen(callback: DataCallback) {
    this._callback = callback;
    return { dispose: () => (this._callback = undefined) };
  }

  receive(message: string): void {
    this._callback?.(JSON.parse(message) as Message);
  }

  closed(): void {
    this.fireClose();
  }
}

class MemoryWriter extends AbstractMessageWriter {
  private readonly _send: (message: string) => void;

  constructor(send: (message: string) => void) {
    super();
    this._send = send;
  }

  async write(message: Message): Promise<void> {
    this._send(JSON.stringify(message));
  }

  end(): void {}

  closed(): void {
    this.fireClose();
  }
}
