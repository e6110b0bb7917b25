import assert from 'node:assert/strict';
import { gate, type GateInput, type GateReason } from '../../../../src/core/completion/gate.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

const OPEN: GateInput = {
  view: viewOfPicture('const a = |'),
  trigger: 'automatic',
  enabled: true,
  languageEnabled: true,
  snoozed: false,
  manualOnly: false,
  keptOut: false,
  readOnly: false,
  justDeleted: false,
};

describe('gate', () => {
  const rows: [title: string, input: Partial<GateInput>, automatic?: GateReason, explicit?: GateReason][] = [
    ['nothing in the way', {}],
    ['switched off', { enabled: false }, 'switched off'],
    ['language off', { languageEnabled: false }, 'language off'],
    ['snoozed', { snoozed: true }, 'snoozed'],
    ['manual trigger', { manualOnly: true }, 'manual trigger only'],
    ['a file that .deepwellignore names', { keptOut: true }, 'ignored file', 'ignored file'],
    ['a read-only file', { readOnly: true }, 'read-only', 'read-only'],
    ['text just deleted', { justDeleted: true }, 'text just deleted'],
    ['an empty file', picture('|'), 'nothing before the cursor'],
    ['blank lines before the cursor', picture('\n  |'), 'nothing before the cursor'],
    ['switched off, in the middle of a word', { ...picture('fo|o'), enabled: false }, 'switched off'],
    ['a word after the cursor', picture('a | b'), 'text after the cursor'],
    ['an operator after the cursor', picture('a |+'), 'text after the cursor'],
    ['the middle of a word', picture('fo|o'), 'middle of a word'],
    ['the beginning of a word', picture('a.|foo'), 'text after the cursor'],
    ['the end of a word', picture('fo|\nx')],
    ['closers after the cursor', picture("f(['|'])\nx")],
    ['separators after the cursor', picture('f(a|); , :  ')],
    ['text on the next line', picture('a|\nb')],
  ];

  for (const [title, input, automatic, explicit] of rows) {
    it(`${title}: ${automatic ?? 'asks'}, explicitly ${explicit ?? 'asks'}`, () => {
      assert.equal(gate({ ...OPEN, ...input }), automatic);
      assert.equal(gate({ ...OPEN, ...input, trigger: 'explicit' }), explicit);
    });
  }

  const files: [path: string, secret: boolean][] = [
    ['.env', true],
    ['app/.env.local', true],
    ['src/env.ts', false],
    ['certs/server.KEY', true],
    ['src/key.ts', false],
    ['.pem/readme.ts', false],
  ];

  for (const [path, secret] of files) {
    it(`${path} is ${secret ? 'never' : 'also'} completed`, () => {
      const view = viewOfPicture('a = |', { path, languageId: 'plaintext' });
      const expected = secret ? 'secret file' : undefined;
      assert.equal(gate({ ...OPEN, view }), expected);
      assert.equal(gate({ ...OPEN, view, trigger: 'explicit' }), expected);
    });
  }
});

function picture(text: string): Partial<GateInput> {
  return { view: viewOfPicture(text) };
}
