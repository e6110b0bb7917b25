import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DownloadReply, DownloadReport, ModelAddress, ParamsOf } from '../../rpc/engineProtocol.ts';
import { checkDownload } from '../download/checkDownload.ts';
import { bytesOnDisk, refuseFullDisk } from '../download/diskSpace.ts';
import { downloadError } from '../download/downloadError.ts';
import { locateFiles } from '../download/locateFiles.ts';
import type { RemoteFile } from '../download/remoteFile.ts';
import { fetchFiles } from './fetchFiles.ts';

const REPORT_MS = 200;

/** Fetches a model into a folder of its own under `directory`: files of the same name come from many repositories. */
export async function download(
  { address, directory: parent, stallTimeoutMs }: ParamsOf<'download'>,
  report: (progress: DownloadReport) => void,
  signal: AbortSignal,
): Promise<DownloadReply> {
  const files = await locateFiles(address, signal);
  const directory = join(parent, ...folderOf(address));
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const reporter = new Reporter(totalBytes, report);
  try {
    await prepare(directory, files);
    const paths = await fetchFiles({
      files,
      directory,
      stallTimeoutMs,
      signal,
      onProgress: (bytes, secondsLeft) => reporter.downloading(bytes, secondsLeft),
    });
    for (const [index, file] of files.entries()) {
      await checkDownload(paths[index] ?? '', file, (count) => reporter.checked(count), signal);
    }
    return {
      path: paths[0] ?? '',
      sizeBytes: totalBytes,
      checkedFiles: files.filter(({ sha256 }) => sha256 !== undefined).length,
    };
  } catch (error) {
    throw downloadError(error, files[0].url, signal);
  }
}

/** Whatever would end the download later ends it now: a folder that cannot be written to, a disk without room. */
async function prepare(directory: string, files: readonly RemoteFile[]): Promise<void> {
  await mkdir(directory, { recursive: true });
  const probe = join(directory, `.writable-${process.pid}`);
  await mkdir(probe);
  await rm(probe, { recursive: true });
  let missingBytes = 0;
  for (const { fileName, sizeBytes } of files) {
    const path = join(directory, fileName);
    const thereBytes = Math.max(await bytesOnDisk(path), await bytesOnDisk(`${path}.ipull`));
    missingBytes += Math.max(0, sizeBytes - thereBytes);
  }
  await refuseFullDisk(directory, missingBytes);
}

function folderOf(address: ModelAddress): readonly string[] {
  if (address.kind !== 'url') return [address.user, address.repo];
  return [new URL(address.url).hostname.replaceAll(/[^\w.-]/g, '_')];
}

/** Tells of progress a few times a second: the downloader does at every packet. */
class Reporter {
  private readonly _totalBytes: number;
  private readonly _report: (progress: DownloadReport) => void;
  private _reportedAtMs = -REPORT_MS;
  private _checkedBytes = 0;

  constructor(totalBytes: number, report: (progress: DownloadReport) => void) {
    this._totalBytes = totalBytes;
    this._report = report;
  }

  downloading(downloadedBytes: number, secondsLeft: number | undefined): void {
    this.report({
      phase: 'downloading',
      totalBytes: this._totalBytes,
      downloadedBytes,
      ...(secondsLeft !== undefined && { secondsLeft }),
    });
  }

  checked(bytes: number): void {
    this._checkedBytes += bytes;
    this.report({ phase: 'checking', totalBytes: this._totalBytes, downloadedBytes: this._checkedBytes });
  }

  private report(progress: DownloadReport): void {
    const nowMs = performance.now();
    if (nowMs - this._reportedAtMs < REPORT_MS) return;
    this._reportedAtMs = nowMs;
    this._report(progress);
  }
}
