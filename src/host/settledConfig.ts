import type { Disposable } from '../base/disposable.ts';
import type { EngineConfig, EngineHost } from './engineHost.ts';

/** A number being typed into the settings editor changes the setting with every digit. */
const SETTLE_MS = 800;

/**
 * Brings what the settings say to the engine: another model at once, other options for the same model when the settings
 * have come to rest and the user does not type, because each change loads the model again.
 */
export class SettledConfig implements Disposable {
  private readonly _host: EngineHost;
  private readonly _read: () => EngineConfig | undefined;
  private readonly _whenQuiet: () => Promise<void>;
  private _modelPath: string | undefined;
  private _timer: NodeJS.Timeout | undefined;
  /** Ends the waits of earlier changes. */
  private _change = 0;

  constructor(host: EngineHost, read: () => EngineConfig | undefined, whenQuiet: () => Promise<void>) {
    this._host = host;
    this._read = read;
    this._whenQuiet = whenQuiet;
  }

  /** The settings may have changed. */
  changed(): void {
    clearTimeout(this._timer);
    const change = ++this._change;
    if (this._read()?.modelPath !== this._modelPath) this.apply();
    else this._timer = setTimeout(() => void this.applyWhenQuiet(change), SETTLE_MS);
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._change++;
  }

  private async applyWhenQuiet(change: number): Promise<void> {
    await this._whenQuiet();
    if (change === this._change) this.apply();
  }

  private apply(): void {
    const config = this._read();
    this._modelPath = config?.modelPath;
    this._host.configure(config);
  }
}
