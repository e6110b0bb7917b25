import * as vscode from 'vscode';
import { isCancelled } from '../../base/abort.ts';
import { formatBytes } from '../../core/models/bytes.ts';
import {
  type DownloadProgress,
  type FoundModel,
  ModelDownloadError,
  type ModelFiles,
  type RemoteModel,
} from '../../core/ports/modelFiles.ts';

/**
 * Fetches a model with its progress in a notification, and resolves with its path; undefined where the user gave up. A
 * file that is on this machine already is offered instead.
 */
export async function downloadModel(files: ModelFiles, address: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  for (;;) {
    try {
      const remote = await withProgress(t('Deepwell: asking for {0}', address), (_report, signal) =>
        files.locate(address, signal),
      );
      const twin = twinOf(remote, await files.find());
      const choice = twin && (await offer(twin));
      if (choice !== 'download' && twin) return choice === 'use' ? twin.path : undefined;
      return await withProgress(t('Deepwell: downloading {0}', remote.fileName), (report, signal) =>
        files.download(address, reporter(report), signal),
      );
    } catch (error) {
      if (isCancelled(error)) return undefined;
      if (!(error instanceof ModelDownloadError)) throw error;
      if (!(await isRetried(error))) return undefined;
    }
  }
}

/** The same file elsewhere. Ollama keeps no file names, and two models of one size to the byte are the same. */
function twinOf(remote: RemoteModel, found: readonly FoundModel[]): FoundModel | undefined {
  const name = remote.fileName.replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '').toLowerCase();
  return found.find(
    (model) =>
      model.sizeBytes === remote.sizeBytes &&
      (model.name.toLowerCase() === name || model.source === 'Ollama'),
  );
}

async function offer(twin: FoundModel): Promise<'use' | 'download' | undefined> {
  const { t } = vscode.l10n;
  const [use, download] = [t('Use This File'), t('Download Anyway')];
  const message = t('{0} is on this machine already: {1}', twin.name, twin.path);
  const picked = await vscode.window.showInformationMessage(message, use, download);
  if (picked === undefined) return undefined;
  return picked === use ? 'use' : 'download';
}

/** Says what went wrong; true where the same shall be tried again. */
async function isRetried({ message, retry }: ModelDownloadError): Promise<boolean> {
  const action = retry ? vscode.l10n.t('Try Again') : vscode.l10n.t('Choose Another…');
  const picked = await vscode.window.showErrorMessage(message, action);
  if (picked === undefined) return false;
  if (!retry) await vscode.commands.executeCommand('deepwell.chooseModel');
  return retry;
}

type Report = vscode.Progress<{ message?: string; increment?: number }>;

function withProgress<T>(
  title: string,
  work: (report: Report, signal: AbortSignal) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (report, token) => {
    const cancel = new AbortController();
    const listener = token.onCancellationRequested(() => cancel.abort());
    try {
      return await work(report, cancel.signal);
    } finally {
      listener.dispose();
    }
  });
}

/** VS Code takes steps, not positions. */
function reporter(report: Report): (progress: DownloadProgress) => void {
  let shown = 0;
  return (progress) => {
    const percent = progress.totalBytes > 0 ? (100 * progress.downloadedBytes) / progress.totalBytes : 0;
    const increment = progress.phase === 'downloading' ? Math.max(0, percent - shown) : 0;
    shown += increment;
    report.report({ increment, message: describe(progress, percent) });
  };
}

function describe(
  { phase, totalBytes, downloadedBytes, secondsLeft }: DownloadProgress,
  percent: number,
): string {
  const { t } = vscode.l10n;
  if (phase === 'checking') return t('checking, {0} %', Math.floor(percent));
  const done = formatBytes(downloadedBytes);
  if (totalBytes === 0) return done;
  const share = t('{0} %, {1} of {2}', Math.floor(percent), done, formatBytes(totalBytes));
  return secondsLeft === undefined ? share : t('{0}, {1} left', share, describeTime(secondsLeft));
}

function describeTime(seconds: number): string {
  const { t } = vscode.l10n;
  if (seconds < 60) return t('{0} s', Math.ceil(seconds));
  if (seconds < 3600) return t('{0} min', Math.ceil(seconds / 60));
  return t('{0} h {1} min', Math.floor(seconds / 3600), Math.ceil((seconds % 3600) / 60));
}
