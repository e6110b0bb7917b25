import assert from 'node:assert/strict';
import { FolderUris } from '../../../src/host/folderUris.ts';

describe('FolderUris', () => {
  const uris = new FolderUris([
    { uri: 'file:///ws', path: '/ws' },
    { uri: 'file:///ws/inner', path: '/ws/inner' },
    { uri: 'file:///c%3A/code', path: 'c:\\code' },
  ]);
  const rows: readonly [uri: string, root: string, path: string][] = [
    ['file:///ws/src/a.ts', '/ws', 'src/a.ts'],
    ['file:///ws/inner/a.ts', '/ws/inner', 'a.ts'],
    ['file:///ws/gr%C3%BC%C3%9Fe%20%28%27%21%2A%27%29%23.ts', '/ws', "grüße ('!*')#.ts"],
    ['file:///c%3A/code/a.ts', 'c:\\code', 'a.ts'],
  ];
  for (const [uri, root, path] of rows) {
    it(`${uri} is ${path} in ${root}, and back`, () => {
      assert.deepEqual(uris.placeOf(uri), { root, path });
      assert.equal(uris.uriOf({ root, path }), uri);
    });
  }

  for (const uri of [
    'file:///wsx/a.ts',
    'untitled:Untitled-1',
    'file:///ws',
    'file:///ws/',
    'file:///ws/%E0%A4%A',
  ]) {
    it(`${uri} is no file of a folder`, () => assert.equal(uris.placeOf(uri), undefined));
  }

  it('knows no URI in a folder that is not one of the workspace', () => {
    assert.equal(uris.uriOf({ root: '/other', path: 'a.ts' }), undefined);
  });
});
