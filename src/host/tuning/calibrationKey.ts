import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import type { EngineConfig } from '../engineHost.ts';

/** What a model's speed depends on beside its file. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly platform: string;
  /** Of the extension, which fixes the runtime's. */
  readonly version: string;
}

export function thisMachine(version: string): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? '',
    cores: availableParallelism(),
    platform: `${process.platform}-${process.arch}`,
    version,
  };
}

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
