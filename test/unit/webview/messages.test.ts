import assert from 'node:assert/strict';
import { parseToHost, parseToPage } from '../../../src/webview/messages.ts';
import { FULL_TALK } from '../../support/chat/sampleTalk.ts';

describe('messages between host and page', () => {
  it('arrive as they were sent', () => {
    const state = { ...FULL_TALK, seq: 1 };
    assert.deepEqual(parseToPage(structuredClone(state)), state);
    const code = { type: 'code', action: 'apply', message: 'm', language: 'ts', text: 'a' };
    assert.deepEqual(parseToHost(structuredClone(code)), code);
  });

  const toPage: [name: string, message: unknown][] = [
    ['no object', 'state'],
    ['nothing', null],
    ['a type nobody knows', { type: 'run', seq: 1 }],
    ['a delta without a number', { type: 'delta', message: 'm', text: 'a' }],
    ['a number below zero', { type: 'delta', seq: -1, message: 'm', text: 'a' }],
    ['a broken number', { type: 'delta', seq: 1.5, message: 'm', text: 'a' }],
    ['a text that is none', { type: 'delta', seq: 1, message: 'm', text: ['a'] }],
    ['a field too many', { type: 'delta', seq: 1, message: 'm', text: 'a', html: '<b>' }],
    ['a role nobody knows', { type: 'entry', seq: 1, entry: { ...FULL_TALK.entries[1], role: 'system' } }],
    ['a state without entries', { ...FULL_TALK, seq: 1, entries: undefined }],
    ['a message for the host', { type: 'send', text: 'a' }],
  ];
  for (const [name, message] of toPage) {
    it(`are refused by the page: ${name}`, () => assert.equal(parseToPage(message), undefined));
  }

  const toHost: [name: string, message: unknown][] = [
    ['nothing', undefined],
    ['a list', [{ type: 'ready' }]],
    ['a type nobody knows', { type: 'eval', text: '1' }],
    ['a text too long', { type: 'send', text: 'a'.repeat(16 * 1024 * 1024 + 1) }],
    ['an action nobody knows', { type: 'code', action: 'run', message: 'm', language: '', text: '' }],
    ['a trigger nobody knows', { type: 'complete', request: 1, trigger: '#', query: '' }],
    ['an address too long', { type: 'openLink', href: 'a'.repeat(4001) }],
    ['a field too many', { type: 'stop', all: true }],
    ['an empty id', { type: 'copy', message: '' }],
    ['a message for the page', { type: 'meter', seq: 1, meter: { usedTokens: 1, windowTokens: 1 } }],
  ];
  for (const [name, message] of toHost) {
    it(`are refused by the host: ${name}`, () => assert.equal(parseToHost(message), undefined));
  }
});
