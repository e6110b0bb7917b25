import { availableParallelism, cpus, loadavg } from 'node:os';

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

/** Of all cores, what other programs may use while something is timed. */
const QUIET_SHARE = 0.5;

/** Whether the machine had little to do in the last minute. Windows does not say: there it always is. */
export function isQuiet(load = loadavg()[0] ?? 0, cores = availableParallelism()): boolean {
  return load <= QUIET_SHARE * cores;
}
