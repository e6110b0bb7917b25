import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { RuntimeMissing } from './runtime.ts';

/** What a program of this machine says, stderr included, trimmed. */
export async function ask(program: string, ...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args);
    return `${stdout}${stderr}`.trim();
  } catch {
    throw new RuntimeMissing(`${program} is not there.`);
  }
}

/** Where a program really lies, behind all links. */
export async function locate(program: string): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const found = await realpath(join(folder, program)).catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new RuntimeMissing(`${program} is not there.`);
}
