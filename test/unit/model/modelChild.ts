/** `npm run model` with the options given as JSON in the first argument. */
import { modelCommand } from '../../model/modelCommand.ts';
import type { EnsureModelOptions } from '../../model/fetchModel.ts';

process.exitCode = await modelCommand(JSON.parse(process.argv[2] ?? '{}') as EnsureModelOptions);
setTimeout(() => process.exit(), 500).unref();
