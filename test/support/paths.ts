import { resolve } from 'node:path';

/** The project's own folder: the extension under test. */
export const PROJECT = resolve(import.meta.dirname, '../..');
export const FIXTURE_WORKSPACE = resolve(PROJECT, 'test/fixtures/workspace');
/** Where e2e tests put their pictures. Not in git: they are looked at, not compared. */
export const PICTURES = resolve(PROJECT, 'out/pictures');
