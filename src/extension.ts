import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { sleep } from './base/abort.ts';
import { type Log } from './base/log.ts';
import { probedTexts } from './core/completion/chooseFimFormat.ts';
import { Completer } from './core/completion/completer.ts';
import { systemClock } from './core/ports/clock.ts';
import { InlineCompletionProvider } from './features/inlineCompletion/provider.ts';
import { Snooze } from './core/completion/snooze.ts';
import { RestListener } from './features/inlineCompletion/restListener.ts';
import { TypingListener } from './features/inlineCompletion/typingListener.ts';
import { registerCommands } from './features/status/commands.ts';
import { chooseModel } from './features/models/chooseModel.ts';
import { ProblemNotice } from './features/models/problemNotice.ts';
import { StatusView } from './features/status/statusView.ts';
import { EngineHost } from './host/engineHost.ts';
import { LocalModel } from './host/localModel.ts';
import { COMPLETED_DOCUMENTS } from './workspace/documents.ts';
import { LogChannel } from './workspace/logChannel.ts';
import { Settings } from './workspace/settings.ts';
import manifest from '../package.json' with { type: 'json' };

const CONTEXT_TOKENS = 8192;

/** After this long without a key, starting a process is not felt. */
const QUIET_MS = 300;
const LONGEST_WAIT_MS = 2_000;

/** What tests and other extensions may look at: read-only, for reports. */
export interface DeepwellApi {
  readonly completer: Completer;
  readonly engine: EngineHost;
}

/** Builds the objects in the order they depend on each other, and registers them. No model is loaded in here. */
export function activate(context: vscode.ExtensionContext): DeepwellApi {
  const log = new LogChannel();
  try {
    return build(context, log);
  } catch (error) {
    // VS Code hides activation failures in a log nobody reads.
    log.error('Activation failed', error);
    void vscode.window.showErrorMessage(vscode.l10n.t('Deepwell could not start. Its log has the details.'));
    throw error;
  }
}

function build(context: vscode.ExtensionContext, log: LogChannel): DeepwellApi {
  const settings = new Settings();
  const snooze = new Snooze();
  const engine: EngineHost = new EngineHost({
    fork: () => startEngine(context, log),
    whenQuiet: () => whenQuiet(() => completer.sinceKeyMs),
    probe: probedTexts(),
    version: manifest.version,
    log,
  });
  const model = new LocalModel(engine);
  const completer: Completer = new Completer(model, systemClock, () => ({
    enabled: settings.enabled,
    snoozed: snooze.active,
    manualOnly: settings.manualOnly,
    debounceMs: settings.debounceMs,
    warmUpMs: settings.warmUpMs,
    languageEnabled: ({ uri, languageId }) => {
      const scope = { uri: vscode.Uri.parse(uri), languageId };
      return settings.enabledFor(scope) && settings.inlineSuggestEnabled(scope);
    },
  }));
  const status = new StatusView(model, completer, settings, snooze);
  const rest = new RestListener(completer);
  const applySettings = (): void => {
    // What was switched off must not be shown from memory.
    completer.forget();
    engine.configure(engineConfig(settings));
  };

  context.subscriptions.push(
    log,
    settings,
    snooze,
    engine,
    model,
    completer,
    status,
    settings.onDidChange(applySettings),
    snooze.onDidChange(() => completer.forget()),
    new TypingListener(completer),
    rest,
    model.onDidChangeState(({ kind }) => {
      if (kind === 'ready') rest.disturbed();
    }),
    vscode.languages.registerInlineCompletionItemProvider(
      COMPLETED_DOCUMENTS,
      new InlineCompletionProvider(completer, log),
    ),
    registerCommands({
      settings,
      snooze,
      status,
      chooseModel: () => chooseModel(settings),
      restartEngine: () => engine.restart(),
      showLog: () => log.show(),
    }),
  );
  // Not in `activate` itself: neither the process nor the message about a missing model is worth a slower start.
  setImmediate(() => {
    applySettings();
    context.subscriptions.push(new ProblemNotice(model));
  });
  return { completer, engine };
}

function engineConfig({ modelPath }: Settings) {
  return modelPath === undefined
    ? undefined
    : ({ modelPath, contextTokens: CONTEXT_TOKENS, threads: 0, gpu: 'auto' } as const);
}

async function startEngine(context: vscode.ExtensionContext, log: Log) {
  await mkdir(context.logUri.fsPath, { recursive: true });
  const logPath = vscode.Uri.joinPath(context.logUri, 'engine.log').fsPath;
  log.info(`Starting the engine, its log is ${logPath}`);
  const { forkEngine } = await import('./host/forkEngine.ts');
  return forkEngine(vscode.Uri.joinPath(context.extensionUri, 'dist', 'engine.js').fsPath, logPath);
}

/** Resolves at the next pause in typing, or when waiting for one has taken too long. */
async function whenQuiet(sinceKeyMs: () => number): Promise<void> {
  const deadlineMs = performance.now() + LONGEST_WAIT_MS;
  while (sinceKeyMs() < QUIET_MS && performance.now() < deadlineMs) await sleep(QUIET_MS - sinceKeyMs());
}
