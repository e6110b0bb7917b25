import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/emitter.ts';

const SECTION = 'deepwell';

/** What a rest at a new place may cost: a short burst, not a fan that starts. */
const LIGHT_WARM_UP_MS = 2_000;

/** The extension's settings as typed values. Read at each use: VS Code caches them. */
export class Settings implements Disposable {
  private readonly _changed = new Emitter<void>();
  private readonly _listener: Disposable;

  readonly onDidChange: Event<void> = this._changed.event;

  constructor() {
    this._listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) this._changed.fire();
    });
  }

  /** Path of a GGUF file, or undefined. Scope `machine`: a workspace cannot set it. */
  get modelPath(): string | undefined {
    return read<string>('model', '').trim() || undefined;
  }

  get enabled(): boolean {
    return read('enabled', true);
  }

  get manualOnly(): boolean {
    return read<string>('trigger', 'automatic') === 'manual';
  }

  get debounceMs(): number | undefined {
    const value = read<number | null>('debounceMs', null);
    return typeof value === 'number' && value >= 0 ? value : undefined;
  }

  /** Milliseconds of work to spend ahead of the first key at a place; undefined for no bound. */
  get warmUpMs(): number | undefined {
    const value = read<string>('idleWarmup', 'light');
    return value === 'full' ? undefined : value === 'off' ? 0 : LIGHT_WARM_UP_MS;
  }

  /** Whether VS Code itself shows inline suggestions: where it does not, nothing is generated unasked. */
  inlineSuggestEnabled(scope: vscode.ConfigurationScope): boolean {
    return vscode.workspace.getConfiguration('editor.inlineSuggest', scope).get('enabled', true);
  }

  enabledFor(scope: vscode.ConfigurationScope): boolean {
    return vscode.workspace.getConfiguration(SECTION, scope).get('enabled', true);
  }

  async setModelPath(path: string): Promise<void> {
    await vscode.workspace.getConfiguration(SECTION).update('model', path, vscode.ConfigurationTarget.Global);
  }

  async setEnabled(enabled: boolean): Promise<void> {
    await vscode.workspace
      .getConfiguration(SECTION)
      .update('enabled', enabled, vscode.ConfigurationTarget.Global);
  }

  async setEnabledFor(languageId: string, enabled: boolean): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(SECTION, { languageId });
    await configuration.update('enabled', enabled, vscode.ConfigurationTarget.Global, true);
  }

  dispose(): void {
    this._listener.dispose();
    this._changed.dispose();
  }
}

function read<T>(name: string, fallback: T): T {
  return vscode.workspace.getConfiguration(SECTION).get<T>(name, fallback);
}
