import * as v from 'valibot';

const LockFile = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      integrity: v.optional(v.pipe(v.string(), v.regex(/^sha512-[\w+/]{86}==$/))),
      os: v.optional(v.array(v.string())),
      cpu: v.optional(v.array(v.string())),
    }),
  ),
});

/** What package-lock.json says of a package that npm installs on its own platform only. */
export interface LockedPackage {
  readonly version: string;
  /** `sha512-` and the base64 of the tarball's hash. */
  readonly integrity: string;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
}

/**
 * The entry of `name` in the parsed package-lock.json.
 *
 * @throws {NotLockedError} when it is not there, in another version, or without a hash.
 */
export function lockedPackage(lockFile: unknown, name: string, version: string): LockedPackage {
  const entry = v.parse(LockFile, lockFile).packages[`node_modules/${name}`];
  if (entry?.version !== version || entry.integrity === undefined) {
    throw new NotLockedError(name, version, entry?.version);
  }
  return { version, integrity: entry.integrity, os: entry.os ?? [], cpu: entry.cpu ?? [] };
}

export class NotLockedError extends Error {
  override name = 'NotLockedError';
  constructor(name: string, version: string, found: string | undefined) {
    const instead = found === undefined ? 'does not list it' : `has version ${found}, or no hash`;
    super(
      `${name} must be ${version}, and package-lock.json ${instead}: run "npm install" and look at the change.`,
    );
  }
}
