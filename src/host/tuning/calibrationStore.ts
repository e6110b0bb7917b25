import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Calibration } from '../../core/models/calibration.ts';
import {
  type Calibrations,
  formatCalibrations,
  parseCalibrations,
} from '../../core/models/calibrationFile.ts';
import { type Tuning, tuningOf } from '../../core/models/tuning.ts';
import { type EngineConfig, tuningSettings } from '../engineHost.ts';
import { calibrationKey } from './calibrationKey.ts';
import type { Machine } from './machine.ts';

const LARGEST_FILE_BYTES = 1_000_000;

/** What was measured of models on this machine, in one file. Windows share it: the last one to write wins. */
export class CalibrationStore {
  private readonly _path: string;
  private readonly _machine: Machine;

  constructor(path: string, machine: Machine) {
    this._path = path;
    this._machine = machine;
  }

  /** How to run a model. Never throws: without a readable measurement it is as the settings have it. */
  async tune(config: EngineConfig): Promise<Tuning> {
    return tuningOf(await this.get(config), tuningSettings(config));
  }

  /** Undefined where nothing is known of this file on this machine. */
  async get(config: EngineConfig): Promise<Calibration | undefined> {
    try {
      const key = await calibrationKey(config, this._machine);
      return (await this.read()).get(key);
    } catch {
      return undefined;
    }
  }

  /** @throws where the file cannot be written. */
  async set(config: EngineConfig, calibration: Calibration): Promise<void> {
    const key = await calibrationKey(config, this._machine);
    const others = [...(await this.read())].filter(([each]) => each !== key);
    const text = formatCalibrations(new Map([...others, [key, calibration]]));
    await mkdir(dirname(this._path), { recursive: true });
    const fresh = `${this._path}.${process.pid}`;
    try {
      await writeFile(fresh, text, { mode: 0o600 });
      await rename(fresh, this._path);
    } finally {
      await rm(fresh, { force: true });
    }
  }

  private async read(): Promise<Calibrations> {
    try {
      const file = await open(this._path);
      try {
        const stats = await file.stat();
        if (!stats.isFile() || stats.size > LARGEST_FILE_BYTES) return new Map();
        return parseCalibrations(await file.readFile('utf8'));
      } finally {
        await file.close();
      }
    } catch {
      return new Map();
    }
  }
}
