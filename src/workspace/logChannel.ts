import * as vscode from 'vscode';
import { describeError, type Log } from '../base/log.ts';

/** The "Deepwell" output channel as a {@link Log}. Never given file contents. */
export class LogChannel implements Log {
  private readonly _channel = vscode.window.createOutputChannel('Deepwell', { log: true });

  debug(message: string): void {
    this._channel.debug(message);
  }

  info(message: string): void {
    this._channel.info(message);
  }

  warn(message: string): void {
    this._channel.warn(message);
  }

  error(message: string, error?: unknown): void {
    this._channel.error(error === undefined ? message : `${message}: ${describeError(error)}`);
  }

  show(): void {
    this._channel.show();
  }

  dispose(): void {
    this._channel.dispose();
  }
}
