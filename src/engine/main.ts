import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { describeError, type Log } from '../base/log.ts';
import { LlamaBinding } from './llama/llamaBinding.ts';
import { lowerPriority } from './lowerPriority.ts';
import { startEngine } from './server.ts';

/** Native disposal waits for the call in flight and hung once: after this the process kills itself. */
const EXIT_DEADLINE_MS = 1_000;

/** stdout is the host's log file; the protocol has the fork's own channel. */
const log: Log = {
  debug: (message) => write('debug', message),
  info: (message) => write('info', message),
  warn: (message) => write('warn', message),
  error: (message, error) =>
    write('error', error === undefined ? message : `${message}: ${describeError(error)}`),
};

function write(level: string, message: string): void {
  process.stdout.write(`${new Date().toISOString()} ${level} ${message}\n`);
}

lowerPriority();

// A full disk takes the log, not the engine.
process.stdout.on('error', () => undefined);

// A terminal's Ctrl+C reaches the whole group: the host decides when the engine ends.
process.on('SIGINT', () => undefined);

const leave = startEngine(
  { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) },
  new LlamaBinding(log),
  log,
  () => process.exit(0),
);

/** Without its host the engine has no reason to live: disposal is tried, leaving is certain. */
function leaveForCertain(): void {
  // Not `process.exit`, which waits for native threads that still compute.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_DEADLINE_MS);
  leave();
}

process.on('disconnect', leaveForCertain);
// The host may have died while this file's imports were loading.
if (!process.connected) leaveForCertain();
