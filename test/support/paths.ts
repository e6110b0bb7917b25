import { resolve } from 'node:path';

/** The project's own folder: the extension under test. */
export const PROJECT = resolve(import.meta.dirname, '../..');
/** The model that comes with the extension. */
export const STARTER = resolve(PROJECT, 'media/models/starter.gguf');
export const FIXTURE_WORKSPACE = resolve(PROJECT, 'test/fixtures/workspace');
/** Where e2e tests put their pictures. Not in git: they are looked at, not compared. */
export const PICTURES = resolve(PROJECT, 'out/pictures');
