import { parseArgs } from 'node:util';
import { BinaryFetchError } from './binaryPackage.ts';
import { NotLockedError } from './lockedPackage.ts';
import { LIMIT_BYTES, makeVsix } from './makeVsix.ts';
import { inMb, summary } from './summary.ts';
import { hostTarget, parseTarget, UnknownTargetError } from './targets.ts';

/** `npm run package [-- --target linux-x64]`: a VSIX of what is built, for this machine or another. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { target: { type: 'string', default: hostTarget() } } });
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const vsix = await makeVsix(parseTarget(values.target), log);
  log(await summary(vsix.staged));
  log(`${vsix.file}: ${inMb(vsix.sizeBytes)}`);
  if (vsix.sizeBytes > LIMIT_BYTES) {
    process.stderr.write(`This is over the limit of ${inMb(LIMIT_BYTES)}.\n`);
    process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof UnknownTargetError ||
    error instanceof BinaryFetchError ||
    error instanceof NotLockedError ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(`${error instanceof Error && expected ? error.message : describe(error)}\n`);
  process.exitCode = 1;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
