import * as vscode from 'vscode';
import { sleep } from './base/abort.ts';
import { type Log } from './base/log.ts';
import { probedTexts } from './core/completion/chooseFimFormat.ts';
import { Completer } from './core/completion/completer.ts';
import { type CompletionSettings, DEADLINE_MS } from './core/completion/completionSettings.ts';
import { contextSources } from './core/context/contextSources.ts';
import { RelatedContext } from './core/context/relatedContext.ts';
import { RecentEdits } from './core/context/sources/recentEdits.ts';
import { VisitedEditors } from './core/context/sources/visitedEditors.ts';
import { RecentAnswers } from './core/diagnose/recentAnswers.ts';
import { LastAnswers } from './core/inspect/lastAnswers.ts';
import { systemClock } from './core/ports/clock.ts';
import type { ModelFiles } from './core/ports/modelFiles.ts';
import type { LocalModelFiles } from './host/models/localModelFiles.ts';
import { registerChat } from './features/chat/registerChat.ts';
import { diagnose } from './features/diagnose/diagnose.ts';
import { GrowingProvider } from './features/inlineCompletion/growingProvider.ts';
import { InlineCompletionProvider } from './features/inlineCompletion/provider.ts';
import { Snooze } from './core/completion/snooze.ts';
import { RestListener } from './features/inlineCompletion/restListener.ts';
import { TypingListener } from './features/inlineCompletion/typingListener.ts';
import { Inspector } from './features/inspector/inspector.ts';
import { deleteLocalData } from './features/localData/deleteLocalData.ts';
import { registerRefactor } from './features/refactor/registerRefactor.ts';
import { EditListener } from './features/relatedFiles/editListener.ts';
import { FileListener } from './features/relatedFiles/fileListener.ts';
import { VisitListener } from './features/relatedFiles/visitListener.ts';
import { RivalNotice } from './features/rivals/rivalNotice.ts';
import { registerCommands } from './features/status/commands.ts';
import { ProblemNotice } from './features/models/problemNotice.ts';
import { StarterNotice } from './features/models/starterNotice.ts';
import { StatusView } from './features/status/statusView.ts';
import { type EngineConfig, EngineHost } from './host/engineHost.ts';
import { type IndexConfig, IndexHost } from './host/indexHost.ts';
import { LocalChatModel } from './host/localChatModel.ts';
import { LocalModel } from './host/localModel.ts';
import type { CalibrationStore } from './host/tuning/calibrationStore.ts';
import { SettledConfig } from './host/settledConfig.ts';
import { DocumentRules } from './workspace/documentRules.ts';
import { IndexedFolders } from './workspace/indexedFolders.ts';
import { LoadedLater } from './workspace/loadedLater.ts';
import { LogChannel } from './workspace/logChannel.ts';
import { Settings, type SettingsChange } from './workspace/settings.ts';
import { VscodeLanguageServer } from './workspace/vscodeLanguageServer.ts';
import { WorkspaceTexts } from './workspace/workspaceTexts.ts';
import manifest from '../package.json' with { type: 'json' };

/** After this long without a key, starting a process is not felt. */
const QUIET_MS = 300;
const LONGEST_WAIT_MS = 2_000;

/** Completes until the user has chosen a model. */
const STARTER = ['media', 'models', 'starter.gguf'] as const;

const SETTING_NAMES = Object.keys(manifest.contributes.configuration.properties);

/** What tests and other extensions may look at: read-only, for reports. */
export interface DeepwellApi {
  readonly completer: Completer;
  readonly engine: EngineHost;
  readonly index: IndexHost;
  readonly related: RelatedContext;
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
  const quiet = (): Promise<void> => whenQuiet(() => completer.sinceKeyMs);
  const engine: EngineHost = new EngineHost({
    fork: () => startProcess('engine', context, log),
    whenQuiet: quiet,
    probe: probedTexts(),
    version: manifest.version,
    log,
    tune: async (config) => (await tunings()).tune(config),
  });
  const tunings = onceAskedFor(() => timeModels(context, engine, settings, log));
  const model = new LocalModel(engine);
  const index = new IndexHost({
    fork: () => startProcess('index', context, log),
    whenQuiet: quiet,
    version: manifest.version,
    log,
  });
  const rules = new DocumentRules();
  const texts = new WorkspaceTexts(index, rules);
  const edits = new RecentEdits(texts);
  const visits = new VisitedEditors(texts);
  const related = new RelatedContext({
    sources: contextSources({ index, server: new VscodeLanguageServer(), texts, edits, visits }),
    texts,
    repository: () => vscode.workspace.name ?? '',
    clock: systemClock,
    log,
  });
  const completionSettings = (): CompletionSettings => ({
    enabled: settings.enabled,
    snoozed: snooze.active,
    manualOnly: settings.manualOnly,
    debounceMs: settings.debounceMs,
    deadlineMs: DEADLINE_MS,
    warmUpMs: settings.warmUpMs,
    languageEnabled: ({ uri, languageId }) => {
      const scope = { uri: vscode.Uri.parse(uri), languageId };
      return settings.enabledFor(scope) && settings.inlineSuggestEnabled(scope);
    },
    keptOut: ({ uri }) => rules.isKeptOut(vscode.Uri.parse(uri)),
    // Undefined where VS Code does not know the file system: then it may.
    readOnly: ({ uri }) => vscode.workspace.fs.isWritableFileSystem(vscode.Uri.parse(uri).scheme) === false,
    eagerness: ({ uri, languageId }) => settings.eagernessFor({ uri: vscode.Uri.parse(uri), languageId }),
    multiline: ({ uri, languageId }) => settings.multilineFor({ uri: vscode.Uri.parse(uri), languageId }),
  });
  const completer: Completer = new Completer(model, systemClock, completionSettings, related);
  const status = new StatusView(model, index, completer, settings, snooze);
  const rest = new RestListener(completer);
  const folders = new IndexedFolders();
  const configureIndex = (): void => index.configure(indexConfig(context, settings, folders));
  const config = new SettledConfig(engine, () => engineConfig(context, settings), quiet);
  const applySettings = ({ shown }: SettingsChange): void => {
    // What was switched off must not be shown from memory. Other changes leave alone what is being generated.
    if (shown) completer.forget();
    engine.sleepAfter(settings.engine.idleMs);
    config.changed();
    configureIndex();
  };
  const modelFiles = onceAskedFor(() => makeModelFiles(context, log));
  const answers = new RecentAnswers(completer, systemClock);
  const lastAnswers = new LastAnswers(completer, model, related);
  const inspector = new Inspector(lastAnswers);
  const chatModel = new LocalChatModel(engine);
  const chat = new LoadedLater(async () => {
    const [{ Chat }, { ConversationFolder }] = await Promise.all([
      import('./features/chat/chat.ts'),
      import('./host/chat/conversationFolder.ts'),
    ]);
    return new Chat({
      model: chatModel,
      isReady: () => model.state.kind === 'ready',
      index,
      texts,
      rules,
      store: new ConversationFolder(conversationsFolder(context), log),
      resumes: context.storageUri !== undefined,
      extensionUri: context.extensionUri,
      log,
    });
  });
  const rewriting = new LoadedLater(async () => {
    const { Rewriting } = await import('./features/refactor/rewriting.ts');
    return new Rewriting({ model: chatModel, index, rules, log });
  });

  context.subscriptions.push(
    log,
    settings,
    snooze,
    engine,
    model,
    index,
    rules,
    folders,
    completer,
    status,
    config,
    answers,
    lastAnswers,
    inspector,
    chatModel,
    chat,
    registerChat(chat),
    rewriting,
    registerRefactor(rewriting),
    new RivalNotice(completer, context.globalState, log),
    settings.onDidChange(applySettings),
    snooze.onDidChange(() => completer.forget()),
    folders.onDidChange(configureIndex),
    index.onDidChangeState(({ kind }) => {
      // What could not be found before may be now.
      if (kind === 'ready') rest.disturbed();
    }),
    new TypingListener(completer),
    new EditListener(edits, index),
    new VisitListener(visits),
    new FileListener(index),
    rest,
    model.onDidChangeState(({ kind }) => {
      if (kind === 'ready') rest.disturbed();
    }),
    new GrowingProvider(completer, new InlineCompletionProvider(completer, log), context.extension.id, log),
    registerCommands({
      settings,
      snooze,
      status,
      chooseModel: () => openChooser(modelFiles(), settings, engine),
      restartEngine: () => engine.restart(),
      rebuildIndex: () => index.rebuild(),
      showWhy: () => inspector.showWhy(),
      showLastRequest: () => inspector.showLastRequest(),
      showLog: () => log.show(),
      diagnose: () =>
        diagnose({
          version: manifest.version,
          settings: SETTING_NAMES,
          answers,
          engine: () => reportEngine(context, engine, settings),
        }),
      deleteLocalData: () =>
        deleteLocalData({
          folders: [
            {
              what: vscode.l10n.t('downloaded models and what all windows share'),
              uri: context.globalStorageUri,
            },
            { what: vscode.l10n.t('logs of this window'), uri: context.logUri },
            ...(context.storageUri
              ? [
                  {
                    what: vscode.l10n.t('index and conversations of this workspace'),
                    uri: context.storageUri,
                  },
                ]
              : []),
          ],
          states: [context.globalState, context.workspaceState],
          settings: SETTING_NAMES,
          stop: async () => {
            await Promise.all([
              engine.stop(),
              index.stop(),
              chat.ifLoaded?.then((loaded) => loaded.forget()),
              modelFiles().then((files) => files.stop()),
            ]);
          },
        }),
    }),
  );
  // Not in `activate` itself: neither the process nor the message about a missing model is worth a slower start.
  setImmediate(() => {
    applySettings({ shown: true });
    context.subscriptions.push(
      new ProblemNotice(model),
      new StarterNotice(model, settings, context.globalState),
    );
  });
  return { completer, engine, index, related };
}

function engineConfig(context: vscode.ExtensionContext, settings: Settings): EngineConfig {
  const { threads, gpu, contextTokens } = settings.engine;
  const { contextIsSet } = settings;
  return { modelPath: usedModelPath(context, settings), threads, gpu, contextTokens, contextIsSet };
}

/** Undefined: the index is off, or there is no folder for it to walk, or none to keep it in. */
function indexConfig(
  { storageUri }: vscode.ExtensionContext,
  settings: Settings,
  { folders, excludes }: IndexedFolders,
): IndexConfig | undefined {
  if (!settings.index || !storageUri || folders.length === 0) return undefined;
  return { database: vscode.Uri.joinPath(storageUri, 'index.db').fsPath, folders, excludes };
}

/** Of a window without a folder they are kept with those of all such windows. */
function conversationsFolder({ storageUri, globalStorageUri }: vscode.ExtensionContext): string {
  return vscode.Uri.joinPath(storageUri ?? globalStorageUri, 'chat').fsPath;
}

function usedModelPath(context: vscode.ExtensionContext, { modelPath }: Settings): string {
  return modelPath ?? vscode.Uri.joinPath(context.extensionUri, ...STARTER).fsPath;
}

/** One for the window, which keeps a model from being downloaded twice at a time. */
async function makeModelFiles(context: vscode.ExtensionContext, log: Log): Promise<LocalModelFiles> {
  const { LocalModelFiles } = await import('./host/models/localModelFiles.ts');
  const files = new LocalModelFiles({
    fork: () => startProcess('engine', context, log),
    version: manifest.version,
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'models').fsPath,
    log,
  });
  context.subscriptions.push(files);
  return files;
}

/** What is known of models' speed here; learns more of it while the user rests. */
async function timeModels(
  context: vscode.ExtensionContext,
  host: EngineHost,
  settings: Settings,
  log: Log,
): Promise<CalibrationStore> {
  const [{ CalibrationStore }, { Calibrator }, { isQuiet, thisMachine }] = await Promise.all([
    import('./host/tuning/calibrationStore.ts'),
    import('./host/tuning/calibrator.ts'),
    import('./host/tuning/machine.ts'),
  ]);
  const path = vscode.Uri.joinPath(context.globalStorageUri, 'calibration.json').fsPath;
  const store = new CalibrationStore(path, thisMachine(manifest.version));
  const mayWork = (): boolean => settings.warmUpMs !== 0 && isQuiet();
  context.subscriptions.push(new Calibrator({ host, store, mayWork, log }));
  return store;
}

async function openChooser(
  files: Promise<ModelFiles>,
  settings: Settings,
  engine: EngineHost,
): Promise<void> {
  const { chooseModel } = await import('./features/models/chooseModel.ts');
  await chooseModel({
    files: await files,
    settings,
    reload: () => {
      if (engine.state.kind === 'failed') engine.restart();
    },
  });
}

function onceAskedFor<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

async function reportEngine(context: vscode.ExtensionContext, host: EngineHost, settings: Settings) {
  const { engineReport, thisPerson } = await import('./host/engineReport.ts');
  const sections = await engineReport({
    host,
    modelPath: usedModelPath(context, settings),
    logPath: logPathOf('engine', context),
  });
  return { sections, person: thisPerson() };
}

type ProcessName = 'engine' | 'index';

function logPathOf(name: ProcessName, context: vscode.ExtensionContext): string {
  return vscode.Uri.joinPath(context.logUri, `${name}.log`).fsPath;
}

async function startProcess(name: ProcessName, context: vscode.ExtensionContext, log: Log) {
  const logPath = logPathOf(name, context);
  log.info(`Starting the ${name} process, its log is ${logPath}`);
  const { forkProcess } = await import('./host/forkProcess.ts');
  return forkProcess(vscode.Uri.joinPath(context.extensionUri, 'dist', `${name}.js`).fsPath, logPath, log);
}

/** Resolves at the next pause in typing, or when waiting for one has taken too long. */
async function whenQuiet(sinceKeyMs: () => number): Promise<void> {
  const deadlineMs = performance.now() + LONGEST_WAIT_MS;
  while (sinceKeyMs() < QUIET_MS && performance.now() < deadlineMs) await sleep(QUIET_MS - sinceKeyMs());
}
