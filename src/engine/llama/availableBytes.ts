import { freemem, totalmem } from 'node:os';

/**
 * Memory this process may still take. On macOS the system's "free" leaves out the file cache, which it gives up at
 * once: counting only it would refuse models that load well, so at least 60 % of memory counts as available there.
 */
export function availableBytes(): number {
  if (process.platform === 'darwin') return Math.max(freemem(), 0.6 * totalmem());
  return process.availableMemory();
}
