import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { EngineConfig } from '../engineHost.ts';
import type { Machine } from './machine.ts';

/**
 * Names a model file on a machine, as a hash: what is kept of a measurement tells nothing about where it lay.
 * @throws where there is no such file.
 */
export async function calibrationKey(
  { modelPath, gpu, threads }: EngineConfig,
  machine: Machine,
): Promise<string> {
  const { size, mtimeMs } = await stat(modelPath);
  const { processor, cores, platform, version } = machine;
  const parts = [modelPath, size, mtimeMs, gpu, threads, processor, cores, platform, version];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
