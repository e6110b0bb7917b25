import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { childLog } from '../child/childLog.ts';
import { leaveWithHost } from '../child/leaveWithHost.ts';
import { lowerPriority } from '../child/lowerPriority.ts';
import { LlamaBinding } from './llama/llamaBinding.ts';
import { startEngine } from './server.ts';

lowerPriority();

const log = childLog();

const leave = startEngine(
  { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) },
  new LlamaBinding(log),
  log,
  () => process.exit(0),
);

// Native disposal waits for the call in flight, and hung once.
leaveWithHost(leave);
