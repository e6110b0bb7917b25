import { modelCommand } from './modelCommand.ts';

process.exitCode = await modelCommand();
// A downloader that was given up may go on trying for minutes; unref'd, this timer delays nobody else.
setTimeout(() => process.exit(), 500).unref();
