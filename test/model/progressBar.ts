/** Where a fetch reports to. All sizes in bytes. */
export interface Progress {
  /** A new stretch of work of `totalBytes`, drawn from zero. */
  begin(label: string, totalBytes: number): void;
  update(doneBytes: number): void;
  /** Ends the stretch, finished or not. */
  end(): void;
  /** One line of text between stretches. */
  note(text: string): void;
}

/** The part of `process.stdout` that is used. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export const silentProgress: Progress = { begin() {}, update() {}, end() {}, note() {} };

/** A bar that redraws itself on a terminal; elsewhere (a log, CI) one line per quarter. */
export function progressBar(stream: ProgressStream, now: () => number = Date.now): Progress {
  return stream.isTTY === true ? redrawnBar(stream, now) : sparseLines(stream);
}

function redrawnBar(stream: ProgressStream, now: () => number): Progress {
  let label = '';
  let totalBytes = 0;
  let startedMs = 0;
  let drawnMs = 0;
  const draw = (doneBytes: number) => {
    const share = shareOf(doneBytes, totalBytes);
    const seconds = (now() - startedMs) / 1000;
    const rate = seconds > 0.5 ? `  ${megabytes(doneBytes / seconds)} MB/s` : '';
    const text = ` ${percent(share)}  ${megabytes(doneBytes)}/${megabytes(totalBytes)} MB${rate}`;
    const width = Math.max(0, Math.min(30, (stream.columns || 80) - label.length - text.length - 4));
    const filled = Math.round(share * width);
    stream.write(`\r${label} [${'#'.repeat(filled)}${'.'.repeat(width - filled)}]${text}\u001b[K`);
    drawnMs = now();
  };
  return {
    begin(newLabel, newTotalBytes) {
      label = newLabel;
      totalBytes = newTotalBytes;
      startedMs = now();
      draw(0);
    },
    update(doneBytes) {
      if (now() - drawnMs >= 100 || doneBytes >= totalBytes) {
        draw(doneBytes);
      }
    },
    end() {
      stream.write('\n');
    },
    note(text) {
      stream.write(`${text}\n`);
    },
  };
}

function sparseLines(stream: ProgressStream): Progress {
  let label = '';
  let totalBytes = 0;
  let quarter = 0;
  return {
    begin(newLabel, newTotalBytes) {
      label = newLabel;
      totalBytes = newTotalBytes;
      quarter = 0;
      stream.write(`${label}: ${megabytes(totalBytes)} MB\n`);
    },
    update(doneBytes) {
      const reached = Math.floor(shareOf(doneBytes, totalBytes) * 4);
      if (reached > quarter) {
        quarter = reached;
        stream.write(`${label}: ${percent(reached / 4).trim()}\n`);
      }
    },
    end() {},
    note(text) {
      stream.write(`${text}\n`);
    },
  };
}

function shareOf(doneBytes: number, totalBytes: number): number {
  return totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : 0;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`.padStart(4);
}

function megabytes(sizeBytes: number): string {
  return (sizeBytes / 1e6).toFixed(1);
}
