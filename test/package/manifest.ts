import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { PROJECT } from '../support/paths.ts';

const Manifest = v.looseObject({
  name: v.string(),
  publisher: v.string(),
  version: v.string(),
  main: v.string(),
  dependencies: v.record(v.string(), v.string()),
});

/** The project's package.json, with the fields packaging asks for. */
export type Manifest = v.InferOutput<typeof Manifest>;

export async function readManifest(): Promise<Manifest> {
  return v.parse(Manifest, JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')));
}
