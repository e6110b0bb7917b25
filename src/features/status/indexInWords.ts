import * as vscode from 'vscode';
import type { CodeIndexState } from '../../core/ports/codeIndex.ts';

export interface IndexInput {
  readonly state: CodeIndexState;
  /** The user's setting. */
  readonly enabled: boolean;
}

/** What the index of the workspace is doing, in words; undefined where there is no workspace to index. */
export function indexInWords({ state, enabled }: IndexInput): string | undefined {
  const { t } = vscode.l10n;
  switch (state.kind) {
    case 'indexing':
      return state.totalFiles === 0
        ? t('Looking through the workspace')
        : t('Indexing the workspace, {0} %', indexedPercent(state));
    case 'ready':
      return t('Workspace index: {0} files', state.files);
    case 'failed':
      return t('The workspace is not indexed: {0}', state.message);
    case 'off':
      if (!enabled) return t('The workspace index is off: only open editors are seen');
      if (!vscode.workspace.workspaceFolders?.length) return undefined;
      return t(
        'Only open editors are seen: this workspace is not on the disk of the machine Deepwell runs on',
      );
  }
}

export function indexedPercent({ doneFiles, totalFiles }: { doneFiles: number; totalFiles: number }): number {
  return Math.floor((100 * doneFiles) / Math.max(1, totalFiles));
}
