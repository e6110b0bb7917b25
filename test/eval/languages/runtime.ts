import type { Job } from '../sandbox/sandbox.ts';
import type { Program } from './program.ts';

/** A compiler or interpreter of this machine. */
export interface Runtime {
  /** As it names itself: part of a report. */
  readonly version: string;
  /**
   * The program as something to run.
   * @param mark printed behind the last test: a program that ended before it has not passed, whatever it exits with.
   */
  job(program: Program, mark: string): Job;
}

/** @throws {@link RuntimeMissing} */
export type FindRuntime = () => Promise<Runtime>;

/** Thrown by {@link FindRuntime}. The message says what to install. */
export class RuntimeMissing extends Error {
  override name = 'RuntimeMissing';
}
