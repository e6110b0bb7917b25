/** The platforms a VSIX is made for, in VS Code's words, each with node-llama-cpp's binaries for it. */
export const TARGETS = {
  'linux-x64': ['linux-x64', 'linux-x64-vulkan'],
  'linux-arm64': ['linux-arm64'],
  'darwin-x64': ['mac-x64'],
  'darwin-arm64': ['mac-arm64-metal'],
  'win32-x64': ['win-x64', 'win-x64-vulkan'],
  'win32-arm64': ['win-arm64'],
} as const satisfies Record<string, readonly string[]>;

export type Target = keyof typeof TARGETS;

/**
 * The packages with the target's binaries: the one that runs on any such machine, and Vulkan where there is one. CUDA
 * stays out, as it is ten times the rest.
 */
export function binaryPackages(target: Target): string[] {
  return TARGETS[target].map((name) => `@node-llama-cpp/${name}`);
}

/** @throws {UnknownTargetError} */
export function parseTarget(name: string): Target {
  const target = targetNames().find((known) => known === name);
  if (target === undefined) throw new UnknownTargetError(name);
  return target;
}

/** The target that is this machine. */
export function hostTarget(): string {
  return `${process.platform}-${process.arch}`;
}

export class UnknownTargetError extends Error {
  override name = 'UnknownTargetError';
  constructor(target: string) {
    super(`There is no VSIX for ${target}: choose one of ${targetNames().join(', ')} with --target.`);
  }
}

export function targetNames(): Target[] {
  const isTarget = (name: string): name is Target => Object.hasOwn(TARGETS, name);
  return Object.keys(TARGETS).filter(isTarget);
}
