import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The Node to run VS Code's server on: this one when it is new enough, else the one npm installed as our
 * devDependency. The extension host inherits it, so `node:sqlite` is the one VS Code itself has.
 */
export function findNode(): string {
  if (Number(process.versions.node.split('.')[0]) >= wantedMajor) return process.execPath;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const ours = join(import.meta.dirname, '..', '..', 'node_modules', 'node', 'bin', binary);
  if (existsSync(ours)) return ours;
  throw new Error(
    `VS Code's server needs Node ${wantedMajor} or later and this is ${process.version}: run "npm ci" first, or start through npm.`,
  );
}

const wantedMajor = 24;
