import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { Eagerness } from '../core/completion/eagerness.ts';
import type { ShapeOptions } from '../core/completion/shaping/filter.ts';
import { engineOptions, type EngineOptions } from '../core/models/engineOptions.ts';

const SECTION = 'deepwell';

/** What a rest at a new place may cost: a short burst, not a fan that starts. */
const LIGHT_WARM_UP_MS = 2_000;

/** What of them decides what is shown. The others change how soon and by how much. */
const SHOWN_SETTINGS = ['model', 'enabled', 'trigger', 'multiline', 'suggestions'];

export interface SettingsChange {
  /** What is on the screen or about to be may no longer be wanted. */
  readonly shown: boolean;
}

/** The extension's settings as typed values. Read at each use: VS Code caches them. */
export class Settings implements Disposable {
  private readonly _changed = new Emitter<SettingsChange>();
  private readonly _listener: Disposable;

  readonly onDidChange: Event<SettingsChange> = this._changed.event;

  constructor() {
    this._listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(SECTION)) return;
      const shown = SHOWN_SETTINGS.some((name) => event.affectsConfiguration(`${SECTION}.${name}`));
      this._changed.fire({ shown });
    });
  }

  /** Path of the GGUF file that the user chose; undefined: none yet. Scope `machine`: a workspace cannot set it. */
  get modelPath(): string | undefined {
    const path = read<unknown>('model', '');
    return typeof path === 'string' ? path.trim() || undefined : undefined;
  }

  get engine(): EngineOptions {
    return engineOptions({
      threads: read<unknown>('threads', undefined),
      gpu: read<unknown>('gpu', undefined),
      contextTokens: read<unknown>('contextTokens', undefined),
      idleUnloadMinutes: read<unknown>('idleUnloadMinutes', undefined),
    });
  }

  /** Whether the user chose the context's size. */
  get contextIsSet(): boolean {
    const inspected = vscode.workspace.getConfiguration(SECTION).inspect<unknown>('contextTokens');
    return [inspected?.globalValue, inspected?.workspaceValue, inspected?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
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

  /** Whether the files of the workspace are indexed. */
  get index(): boolean {
    return read<unknown>('index', true) !== false;
  }

  /** Whether VS Code itself shows inline suggestions: where it does not, nothing is generated unasked. */
  inlineSuggestEnabled(scope: vscode.ConfigurationScope): boolean {
    return vscode.workspace.getConfiguration('editor.inlineSuggest', scope).get('enabled', true);
  }

  enabledFor(scope: vscode.ConfigurationScope): boolean {
    return vscode.workspace.getConfiguration(SECTION, scope).get('enabled', true);
  }

  /** Whether suggestions there may have several lines. */
  multilineFor(scope: vscode.ConfigurationScope): ShapeOptions['multiline'] {
    const value = vscode.workspace.getConfiguration(SECTION, scope).get<string>('multiline', 'auto');
    return value === 'never' || value === 'always' ? value : 'auto';
  }

  /** How sure the model has to be of what is shown there unasked. */
  eagernessFor(scope: vscode.ConfigurationScope): Eagerness {
    const value = vscode.workspace.getConfiguration(SECTION, scope).get<string>('suggestions', 'balanced');
    return value === 'eager' || value === 'careful' ? value : 'balanced';
  }

  async setModelPath(path: string | undefined): Promise<void> {
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
