const MIB = 2 ** 20;

/** What one run may use. Where two of them say the same, the kernel holds the first and the watch the second. */
export interface Limits {
  /** Of each process. Processor time, so that a busy machine fails no sample. */
  readonly cpuSeconds: number;
  /** Of the whole run: what sleeps uses no processor. */
  readonly wallSeconds: number;
  /** Memory that one process may write to. */
  readonly dataBytes: number;
  /** Memory of all processes together. */
  readonly treeBytes: number;
  readonly fileBytes: number;
  /** All files together: they lie in memory. */
  readonly diskBytes: number;
  /** Threads count as well. */
  readonly processes: number;
  readonly openFiles: number;
  /** Of stdout and of stderr. */
  readonly outputBytes: number;
}

/** Compilers need the most of this: javac starts some 30 threads, and go writes a cache. */
export const LIMITS: Limits = {
  cpuSeconds: 20,
  wallSeconds: 120,
  dataBytes: 2048 * MIB,
  treeBytes: 2048 * MIB,
  fileBytes: 64 * MIB,
  diskBytes: 256 * MIB,
  processes: 96,
  openFiles: 256,
  outputBytes: MIB,
};
