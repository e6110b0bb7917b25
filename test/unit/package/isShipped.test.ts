import assert from 'node:assert/strict';
import { isShipped } from '../../package/isShipped.ts';

describe('files of packages in the VSIX', () => {
  const rows: readonly [packageName: string, path: string, shipped: boolean][] = [
    ['chalk', 'package.json', true],
    ['chalk', 'source/index.js', true],
    ['chalk', 'license', true],
    ['sleep-promise', 'LICENSE.md', true],
    ['sleep-promise', 'yarn.lock', false],
    ['fs-extra', 'lib/esm.mjs', true],
    ['chalk', 'source/index.d.ts', false],
    ['nanoid', 'index.d.cts', false],
    ['@huggingface/jinja', 'src/runtime.ts', false],
    ['simple-git', 'dist/esm/index.js.map', false],
    ['semver', 'README.md', false],
    ['retry', 'example/dns.js', false],
    ['retry', 'test/common.js', false],
    ['retry', '.travis.yml', false],
    ['linux-x64', 'bins/linux-x64/llama-addon.node', true],
    ['linux-x64', 'bins/linux-x64/_nlcBuildMetadata.json', true],
    ['mac-arm64-metal', 'bins/mac-arm64-metal/default.metallib', true],
    ['node-llama-cpp', 'dist/bindings/utils/testBindingBinary.js', true],
    ['node-llama-cpp', 'llama/binariesGithubRelease.json', true],
    ['node-llama-cpp', 'llama/grammars/json.gbnf', true],
    ['node-llama-cpp', 'llama/gitRelease.bundle', false],
    ['node-llama-cpp', 'llama/addon/addon.cpp', false],
    ['node-llama-cpp', 'llama/CMakeLists.txt', false],
    ['node-llama-cpp', 'templates/packed/node-typescript.json', false],
    ['tree-sitter-wasm', 'wasm/tree-sitter.js', true],
    ['tree-sitter-wasm', 'wasm/tree-sitter.wasm', true],
    ['tree-sitter-wasm', 'wasm/tree-sitter-python.wasm', true],
    ['tree-sitter-wasm', 'wasm/tree-sitter-powershell.wasm', false],
    ['node-llama-cpp', 'bins/_linux-x64.moved.txt', false],
  ];
  for (const [packageName, path, shipped] of rows) {
    it(`${shipped ? 'ship' : 'leave out'} ${packageName}'s ${path}`, () => {
      assert.equal(isShipped(packageName, path), shipped);
    });
  }
});
