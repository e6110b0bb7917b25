import * as vscode from 'vscode';
import { isCancelled } from '../../base/abort.ts';
import { SUGGESTED_MODELS } from '../../core/models/suggestedModels.ts';
import type { FoundModel, Inspection, ModelFiles } from '../../core/ports/modelFiles.ts';
import type { Settings } from '../../workspace/settings.ts';
import { type Choice, type ModelItem, modelItems } from './modelItems.ts';

/**
 * Lists the models of this machine and the ways to get others, and resolves with what the user takes. The list is there
 * at once; what does not fit in memory is marked as soon as it is known, without moving a line.
 */
export async function pickModel(files: ModelFiles, settings: Settings): Promise<Choice | undefined> {
  const { t } = vscode.l10n;
  const pick = vscode.window.createQuickPick<ModelItem>();
  const hidden = new AbortController();
  const { remoteName } = vscode.env;
  pick.title = remoteName ? t('Choose a model on the remote machine ({0})', remoteName) : t('Choose a model');
  pick.placeholder = t('Looking for models on this machine…');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  pick.busy = true;
  const picked = new Promise<Choice | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const choice = pick.activeItems[0]?.choice;
      if (choice) resolve(choice);
    });
    pick.onDidHide(() => {
      hidden.abort();
      resolve(undefined);
    });
  });
  pick.show();
  try {
    void fill(pick, files, settings, hidden.signal);
    return await picked;
  } finally {
    pick.dispose();
  }
}

async function fill(
  pick: vscode.QuickPick<ModelItem>,
  files: ModelFiles,
  settings: Settings,
  hidden: AbortSignal,
): Promise<void> {
  const { t } = vscode.l10n;
  const found = withCurrent(await files.find(), settings.modelPath);
  const show = (inspection: Inspection | undefined): void => {
    const active = keyOf(pick.activeItems[0]);
    const items = modelItems({
      found,
      suggested: SUGGESTED_MODELS,
      currentPath: settings.modelPath,
      contextTokens: settings.engine.contextTokens,
      inspection,
    });
    pick.items = items;
    const same = items.filter((item) => active !== undefined && keyOf(item) === active);
    // None: VS Code has made the first one active.
    if (same.length > 0) pick.activeItems = same;
  };
  if (hidden.aborted) return;
  show(undefined);
  pick.placeholder =
    found.length > 0 ? t('A GGUF model that knows code') : t('No model was found on this machine');
  try {
    const paths = found.map(({ path }) => path);
    show(await files.inspect(paths, settings.engine.gpu, hidden));
  } catch (error) {
    // The list works without its marks: the engine refuses what does not fit.
    if (!isCancelled(error)) pick.placeholder = t('How much memory is free could not be found out');
  }
  if (!hidden.aborted) pick.busy = false;
}

/** The model in use is listed wherever it lies. */
function withCurrent(found: readonly FoundModel[], path: string | undefined): readonly FoundModel[] {
  if (path === undefined || found.some((model) => model.path === path)) return found;
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return [...found, { path, name: name.replace(/\.gguf$/i, ''), sizeBytes: 0, source: '' }];
}

/** What a line is for, whatever is known of it by now. */
function keyOf(item: ModelItem | undefined): string | undefined {
  const choice = item?.choice;
  if (!choice) return undefined;
  if (choice.kind === 'file') return choice.path;
  return choice.kind === 'suggestion' ? choice.address : choice.kind;
}
