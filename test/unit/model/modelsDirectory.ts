import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelFileName } from '../../model/sources.ts';

/** A models directory under the system's temporary one, not made yet, removed with `using`. */
export class ModelsDirectory implements Disposable {
  readonly #parent = mkdtempSync(join(tmpdir(), 'deepwell-model-'));
  readonly path = join(this.#parent, '.models');
  readonly modelPath = join(this.path, modelFileName);

  /** The names in it, sorted. */
  names(): string[] {
    return readdirSync(this.path).sort();
  }

  [Symbol.dispose](): void {
    rmSync(this.#parent, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a models directory holds after any success, and nothing else. */
export const complete = [modelFileName, `${modelFileName}.ok`];
