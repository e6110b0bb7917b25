import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockedPackage, NotLockedError } from '../../package/lockedPackage.ts';
import { binaryPackages, parseTarget, targetNames, UnknownTargetError } from '../../package/targets.ts';
import { PROJECT } from '../../support/paths.ts';

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

describe('the binaries of each target', () => {
  let lockFile: unknown;
  let runtime: PackageJson;
  let pinned: string;

  before(async () => {
    lockFile = await readJson('package-lock.json');
    runtime = (await readJson('node_modules/node-llama-cpp/package.json')) as PackageJson;
    pinned = ((await readJson('package.json')) as PackageJson).dependencies['node-llama-cpp'] ?? '';
  });

  it('belong to the installed node-llama-cpp, which is the pinned one', () => {
    assert.equal(runtime.version, pinned);
  });

  for (const target of targetNames()) {
    it(`for ${target} are ${binaryPackages(target).join(' and ')}, locked with a hash`, () => {
      const [os = '', cpu = ''] = target.split('-');
      for (const name of binaryPackages(target)) {
        assert.equal(runtime.optionalDependencies[name], pinned, `${name} as node-llama-cpp asks for it`);
        const locked = lockedPackage(lockFile, name, pinned);
        assert.ok(locked.os.includes(os), `${name} is for ${locked.os.join()}`);
        assert.ok(locked.cpu.includes(cpu), `${name} is for ${locked.cpu.join()}`);
      }
    });
  }

  it('are refused in another version, without a hash, or not locked at all', () => {
    const name = '@node-llama-cpp/linux-x64';
    const lock = (entry: unknown) => ({ packages: { [`node_modules/${name}`]: entry } });
    const integrity = `sha512-${'A'.repeat(86)}==`;
    assert.deepEqual(
      lockedPackage(lock({ version: '1.0.0', integrity }), name, '1.0.0').integrity,
      integrity,
    );
    for (const wrong of [
      lock({ version: '1.0.1', integrity }),
      lock({ version: '1.0.0' }),
      { packages: {} },
    ]) {
      assert.throws(() => lockedPackage(wrong, name, '1.0.0'), NotLockedError);
    }
  });

  it('are known for six targets, and anything else is refused by name', () => {
    assert.equal(targetNames().length, 6);
    assert.equal(parseTarget('darwin-arm64'), 'darwin-arm64');
    for (const unknown of ['alpine-x64', 'linux', 'toString']) {
      assert.throws(() => parseTarget(unknown), UnknownTargetError);
    }
  });
});

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(PROJECT, path), 'utf8'));
}
