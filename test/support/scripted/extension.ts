import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as v from 'valibot';
import { PROJECT } from '../paths.ts';
import { REQUESTS_FILE, SCRIPT_FILE } from './files.ts';

/** A copy of the built extension whose engine answers by script. */
export interface ScriptedExtension {
  readonly folder: string;
  /** The text of every prompt so far, oldest first. */
  requests(): Promise<string[]>;
}

/** @param script what the model writes after a text that ends like this; it stops where nothing fits. */
export async function scriptedExtension(
  folder: string,
  script: Readonly<Record</* ending */ string, /* continuation */ string>>,
): Promise<ScriptedExtension> {
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package.nls.json', 'dist']) {
    await cp(join(PROJECT, file), join(folder, file), { recursive: true });
  }
  await build({
    entryPoints: { engine: join(import.meta.dirname, 'engine.ts') },
    outdir: join(folder, 'dist'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: ['node-llama-cpp'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'dist', SCRIPT_FILE), JSON.stringify(script));
  const requests = join(folder, 'dist', REQUESTS_FILE);
  await writeFile(requests, '');
  return {
    folder,
    async requests() {
      const lines = (await readFile(requests, 'utf8')).split('\n');
      return lines.filter((line) => line !== '').map((line) => v.parse(v.string(), JSON.parse(line)));
    },
  };
}
