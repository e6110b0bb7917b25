import { describeError, type Log } from '../base/log.ts';

/** Writes to stdout, which is the host's log file: the protocol has the fork's own channel. */
export function childLog(): Log {
  // A full disk takes the log, not the process.
  process.stdout.on('error', () => undefined);
  return {
    debug: (message) => write('debug', message),
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message, error) =>
      write('error', error === undefined ? message : `${message}: ${describeError(error)}`),
  };
}

function write(level: string, message: string): void {
  process.stdout.write(`${new Date().toISOString()} ${level} ${message}\n`);
}
