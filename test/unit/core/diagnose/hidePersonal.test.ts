import assert from 'node:assert/strict';
import { hidePersonal, type Person } from '../../../../src/core/diagnose/hidePersonal.ts';

const JANE: Person = { home: '/home/jane', userName: 'jane' };
const WINDOWS: Person = { home: 'C:\\Users\\Jane', userName: 'Jane' };
const ROOT: Person = { home: '/root', userName: 'root' };

describe('hidePersonal', () => {
  const rows: [person: Person, text: string, hidden: string][] = [
    [JANE, '/home/jane/models/a.gguf', '~/models/a.gguf'],
    [JANE, 'not found: /home/jane', 'not found: ~'],
    [JANE, '/home/janet/a', '/home/janet/a'],
    [JANE, '/home/jane.old/a', '/home/jane.old/a'],
    [JANE, 'file:///home/jane/a and /home/jane/b', 'file://~/a and ~/b'],
    [JANE, '/media/jane/disk/a.gguf', '/media/<user>/disk/a.gguf'],
    [JANE, '/mnt/c/Users/Jane/a', '/mnt/c/Users/<user>/a'],
    [JANE, 'jane is a name', 'jane is a name'],
    [WINDOWS, 'C:\\Users\\Jane\\a.gguf', '~\\a.gguf'],
    [WINDOWS, 'c:\\users\\jane\\a.gguf', '~\\a.gguf'],
    [WINDOWS, '{"path":"C:\\\\Users\\\\Jane\\\\a.gguf"}', '{"path":"~\\\\a.gguf"}'],
    [WINDOWS, 'file:///c:/Users/Jane/a.gguf', 'file:///~/a.gguf'],
    [ROOT, '/root/.cache/a', '~/.cache/a'],
    [{ home: '/', userName: '' }, '/a/b', '/a/b'],
    [JANE, 'https://jane:secret@host/a?token=1 ok', 'https://host/a ok'],
    [JANE, 'user@host', 'user@host'],
  ];

  for (const [person, text, hidden] of rows) {
    it(`${text} → ${hidden}`, () => assert.equal(hidePersonal(text, person), hidden));
  }
});
