import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { ChatWindow, NO_TROUBLE, openBrowser } from '../support/chat/chatWindow.ts';
import { HOSTILE, HUGE } from '../support/chat/hostileMarkdown.ts';
import { answer, question, stateOf } from '../support/chat/sampleTalk.ts';
import { strangers } from '../support/chat/strangers.ts';
import { seeded } from '../../src/base/seeded.ts';

describe('the chat page and hostile text', () => {
  let browser: Browser;
  let chat: ChatWindow;

  before(async () => (browser = await openBrowser()));
  after(() => browser.close());
  beforeEach(async () => (chat = await ChatWindow.open(browser)));
  afterEach(() => chat.close());

  it('has a corpus worth the name, and traps that catch', async () => {
    assert.ok(new Set(HOSTILE).size >= 60, `${HOSTILE.length} payloads`);
    await chat.page.evaluate(`
      pwned();
      document.body.append(Object.assign(document.createElement('img'), { src: 'https://evil.test/a.png' }));
      document.body.insertAdjacentHTML('beforeend', '<p onclick="pwned()" style="color:red"></p>');
    `);
    // Each is told in a task of its own.
    const deadlineMs = performance.now() + 10_000;
    while ((await chat.trouble()).violations.length < 3 && performance.now() < deadlineMs);
    const { executed, violations } = await chat.trouble();
    assert.equal(executed, 1);
    assert.match(violations.join('\n'), /img-src https:\/\/evil\.test\/a\.png/);
    assert.match(violations.join('\n'), /script-src-attr inline/);
    assert.match(violations.join('\n'), /style-src-attr inline/);
    assert.deepEqual(await strangers(chat.page), ['img[src]', 'p[onclick][style]']);
  });

  it('draws whole payloads, wherever a text may stand', async () => {
    for (const payload of HOSTILE) {
      const attachment = { id: 'a', label: payload, detail: payload };
      const source = { label: payload, path: payload, line: 1 };
      const asked = { ...question('m1', payload), attachments: [attachment] };
      const answered = { ...answer('m2', payload, 'partial'), reason: payload, sources: [source] };
      await chat.send(
        stateOf([{ kind: 'notice', id: 'n', text: payload }, asked, answered], {
          conversations: [{ id: 'c1', title: payload, when: payload }],
          attachments: [attachment],
        }),
      );
      await chat.drawn();
      assert.deepEqual(await strangers(chat.page), [], payload);
    }
    assert.deepEqual(await chat.trouble(), NO_TROUBLE);
  });

  it('draws every beginning of every payload, as it stands while the rest is still to come', async () => {
    for (const payload of HOSTILE) {
      const beginnings = Array.from({ length: payload.length }, (_, end) =>
        answer(`m${end}`, `Text.\n\n${payload.slice(0, end + 1)}`, 'streaming'),
      );
      await chat.send(stateOf(beginnings));
      await chat.drawn();
      assert.deepEqual(await strangers(chat.page), [], payload);
    }
    assert.deepEqual(await chat.trouble(), NO_TROUBLE);
  });

  it('draws payloads that stream in, in pieces of one character and of several', async () => {
    const random = seeded(7);
    for (const [index, payload] of HOSTILE.entries()) {
      await chat.send(stateOf([answer('m', '', 'streaming')]));
      const cut = pieces(payload, () => (index % 2 === 0 ? 1 : 1 + Math.floor(6 * random())));
      await chat.stream([...cut].map((text) => ({ type: 'delta', message: 'm', text })));
      await chat.drawn();
      const streamed = await chat.page.locator('.message-text').innerText();
      await chat.send({ type: 'entry', entry: answer('m', payload) });
      await chat.drawn();
      const ended = await chat.page.locator('.message-text').innerHTML();
      await chat.send(stateOf([answer('whole', payload)]));
      await chat.drawn();
      assert.equal(ended, await chat.page.locator('.message-text').innerHTML(), payload);
      assert.deepEqual(await strangers(chat.page), [], `${payload} ${streamed}`);
    }
    assert.deepEqual(await chat.trouble(), NO_TROUBLE);
  });

  it('leaves every link to the host, whichever way it is clicked', async () => {
    for (const payload of [...HOSTILE, '[x](https://good.test/a)', '[x](src/a.ts#L3)']) {
      await chat.send(stateOf([answer('m', payload)]));
      await chat.drawn();
      await chat.posted();
      const links = await chat.page.locator('.message-text [role=link]').all();
      for (const link of links) {
        await link.click();
        await link.click({ modifiers: ['ControlOrMeta'] });
        await link.click({ button: 'middle' });
        await link.press('Enter');
      }
      for (const message of await chat.posted()) {
        if (message.type === 'openLink')
          assert.match(message.href, /^https:\/\/(?:evil|good)\.test/, payload);
        else if (message.type === 'openFile') assert.match(message.path, /^[\w./-]+$/, payload);
        else assert.fail(`${payload} made the page send ${message.type}`);
      }
    }
    assert.deepEqual(await chat.trouble(), NO_TROUBLE);
  });

  it('drops messages that have not exactly the right shape', async () => {
    await chat.send(stateOf([answer('m', 'kept', 'streaming')]));
    await chat.drawn();
    await chat.page.evaluate(`
      for (const message of [null, 1, 'x', [], {}, { type: 'delta' }, { type: '__proto__' },
        { type: 'delta', seq: 2, message: 'm', text: '<img>', more: 1 }, { type: 'delta', seq: 2, message: 'm', text: {} },
        { type: 'state', seq: 2, entries: [{}] }, { type: 'meter', seq: -1, meter: { usedTokens: NaN, windowTokens: 1 } }]) {
        window.postMessage(message, '*');
      }
    `);
    await chat.send({ type: 'delta', message: 'm', text: ', and more' });
    await chat.drawn();
    assert.equal(await chat.page.locator('.message-text').innerText(), 'kept, and more');
    assert.deepEqual(await chat.trouble(), NO_TROUBLE);
  });

  for (const [name, text] of Object.entries(HUGE)) {
    it(`bounds ${name}, and says so`, async () => {
      const whole = text();
      await chat.send(stateOf([answer('m', '', 'streaming')]));
      for (let at = 0; at < whole.length; at += 500_000) {
        await chat.send({ type: 'delta', message: 'm', text: whole.slice(at, at + 500_000) });
      }
      await chat.send({ type: 'entry', entry: answer('m', whole) });
      await chat.drawn();
      const { elements, depth, chars, notes } = await measured(chat);
      assert.ok(elements < 120_000, `${elements} elements`);
      assert.ok(depth < 120, `${depth} levels`);
      assert.ok(chars < 500_000, `${chars} characters`);
      if (whole.length > 400_000) assert.match(notes.join('\n'), /The rest, [\d,]+ characters, is not shown/);
      // The page still answers.
      await chat.page.locator('textarea').fill('still here');
      await chat.page.keyboard.press('Enter');
      assert.ok((await chat.posted()).some((message) => message.type === 'send'));
      assert.deepEqual(await chat.trouble(), NO_TROUBLE);
    });
  }
});

function* pieces(text: string, length: () => number): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = at + length();
    yield text.slice(at, end);
    at = end;
  }
}

async function measured(
  chat: ChatWindow,
): Promise<{ elements: number; depth: number; chars: number; notes: string[] }> {
  return chat.page.evaluate(`(() => {
    const root = document.querySelector('.message-text');
    const all = [...root.querySelectorAll('*')];
    const depthOf = (element) => { let n = 0; for (let at = element; at; at = at.parentElement) n++; return n; };
    let depth = 0;
    for (const element of all) if (element.firstElementChild === null) depth = Math.max(depth, depthOf(element));
    const notes = [...root.querySelectorAll('.limit-note')].map((note) => note.textContent);
    return { elements: all.length, depth, chars: root.textContent.length, notes };
  })()`);
}
