import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { childLog } from '../../../src/child/childLog.ts';
import { leaveWithHost } from '../../../src/child/leaveWithHost.ts';
import { lowerPriority } from '../../../src/child/lowerPriority.ts';
import { LlamaBinding } from '../../../src/engine/llama/llamaBinding.ts';
import { startEngine } from '../../../src/engine/server.ts';
import { repeatableBinding } from './repeatableBinding.ts';

// The engine process of the extension, but for its binding.
lowerPriority();

const log = childLog();

const leave = startEngine(
  { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) },
  repeatableBinding(new LlamaBinding(log)),
  log,
  () => process.exit(0),
);

// Native disposal waits for the call in flight, and hung once.
leaveWithHost(leave);
