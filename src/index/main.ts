import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { childLog } from '../child/childLog.ts';
import { leaveWithHost } from '../child/leaveWithHost.ts';
import { lowerPriority } from '../child/lowerPriority.ts';
import { startIndex } from './server.ts';

lowerPriority();

leaveWithHost(
  startIndex(
    { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) },
    childLog(),
    () => process.exit(0),
  ),
);
