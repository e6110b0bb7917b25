import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { ChatWindow, NO_TROUBLE, openBrowser } from '../support/chat/chatWindow.ts';
import type { ToHost } from '../../src/webview/messages.ts';
import { answer, FULL_TALK, question, stateOf } from '../support/chat/sampleTalk.ts';
import { type Theme, THEMES } from '../support/chat/themes.ts';
import { PICTURES } from '../support/paths.ts';

describe('the chat page', () => {
  let browser: Browser;
  let chat: ChatWindow;

  before(async () => {
    browser = await openBrowser();
    await mkdir(PICTURES, { recursive: true });
  });
  after(() => browser.close());

  describe('in use', () => {
    beforeEach(async () => (chat = await ChatWindow.open(browser)));
    afterEach(async () => {
      assert.deepEqual(await chat.trouble(), NO_TROUBLE);
      await chat.close();
    });

    it('says that it is ready, and shows what the host has', async () => {
      assert.deepEqual(await chat.posted(), [{ type: 'ready' }]);
      await chat.send(FULL_TALK);
      await chat.page.getByRole('heading', { name: 'What does debounce do' }).waitFor();
      assert.equal(await chat.page.getByRole('article').count(), 4);
      assert.equal(await chat.page.getByText('4 older turns were folded').count(), 1);
    });

    it('sends a question with Enter, breaks the line with Shift, and stops with Escape', async () => {
      await chat.send(stateOf([]));
      const box = chat.page.getByLabel('Your question');
      await box.click();
      await chat.page.keyboard.type('one');
      await chat.page.keyboard.press('Shift+Enter');
      await chat.page.keyboard.type('two');
      await chat.posted();
      await chat.page.keyboard.press('Enter');
      assert.deepEqual(await chat.posted(), [{ type: 'send', text: 'one\ntwo' }]);
      assert.equal(await box.inputValue(), '');
      await chat.send({ type: 'entry', entry: question('q', 'one\ntwo') });
      await chat.send({ type: 'entry', entry: answer('a', '', 'streaming') });
      await chat.page.getByRole('button', { name: 'Stop' }).waitFor();
      await chat.page.keyboard.type('early');
      await chat.page.keyboard.press('Enter');
      await chat.page.keyboard.press('Escape');
      assert.deepEqual(await chat.posted(), [{ type: 'stop' }]);
      assert.equal(await box.inputValue(), 'early');
    });

    it('draws a finished block once, however long the answer goes on', async () => {
      await chat.send(stateOf([answer('a', 'First *block*.\n\nSecond', 'streaming')]));
      await chat.drawn();
      await chat.page.evaluate(`window.first = document.querySelector('.message-text em')`);
      for (let part = 0; part < 30; part++) {
        await chat.send({
          type: 'delta',
          message: 'a',
          text: ` word\n\n\`\`\`js\nlet a${part};\n\`\`\`\n\nPart`,
        });
      }
      await chat.send({ type: 'entry', entry: answer('a', await textOf(chat)) });
      await chat.drawn();
      assert.equal(
        await chat.page.evaluate(`window.first === document.querySelector('.message-text em')`),
        true,
      );
    });

    it('tells a screen reader of finished blocks, not of tokens, and nothing of a replay', async () => {
      const log = chat.page.getByRole('log');
      await chat.send(stateOf([question('q', 'why'), answer('a', 'Old.')]));
      await chat.drawn();
      assert.equal(await log.innerText(), '');
      await chat.send({ type: 'entry', entry: answer('b', 'One **two**.\n\nThr', 'streaming') });
      await chat.drawn();
      assert.equal((await log.innerText()).trim(), 'One two .');
      await chat.send({ type: 'delta', message: 'b', text: 'ee\n\n```js\na\nb\n```\n' });
      await chat.send({ type: 'entry', entry: answer('b', 'One **two**.\n\nThree\n\n```js\na\nb\n```\n') });
      await chat.drawn();
      assert.deepEqual(
        (await log.innerText()).split(/\n+/).map((line) => line.trim()),
        [...['One two .', 'Three', 'Code, js, 2 lines.', 'Answer complete.']],
      );
    });

    it('sends what its buttons are for', async () => {
      await chat.send(FULL_TALK);
      await chat.drawn();
      await chat.posted();
      const click = (name: string, at: number): Promise<void> => chat.page.getByLabel(name).nth(at).click();
      await click('Copy code', 1);
      await click('Insert at cursor', 0);
      await click('Apply to file', 0);
      await click('New file with this code', 0);
      await click('Copy question', 0);
      await click('Copy answer', 0);
      await click('Answer again', 0);
      await click('Delete answer', 0);
      await click('Remove searchBox.ts', 0);
      await click('New conversation', 0);
      await click('Retry', 0);
      await click('Conversations', 0);
      await click('Export “Tests for the parser of ignore files” as Markdown', 0);
      await click('Delete “Tests for the parser of ignore files”', 0);
      await chat.page.getByText('Tests for the parser').click();
      const line = '   timer = setTimeout(() => call(...args), waitMs);'.trim();
      const code = { type: 'code', message: 'm2', language: 'ts', text: line };
      const [copied, ...others] = await chat.posted();
      assert.ok(copied?.type === 'code' && copied.text.endsWith('  };\n}'));
      assert.deepEqual(others, [
        { ...code, action: 'insert' },
        { ...code, action: 'apply' },
        { ...code, action: 'newFile' },
        { type: 'copy', message: 'm1' },
        { type: 'copy', message: 'm2' },
        { type: 'regenerate', message: 'm2' },
        { type: 'delete', message: 'm2' },
        { type: 'removeAttachment', attachment: 'a3' },
        { type: 'newConversation' },
        { type: 'regenerate', message: 'm4' },
        { type: 'exportConversation', conversation: 'c2' },
        { type: 'deleteConversation', conversation: 'c2' },
        { type: 'openConversation', conversation: 'c2' },
      ]);
    });

    it('edits a question and asks again', async () => {
      await chat.send(FULL_TALK);
      await chat.drawn();
      await chat.posted();
      const edit = chat.page.getByLabel('Edit and ask again').nth(1);
      await edit.click();
      await focused(chat.page.getByLabel('Edit the question'));
      await chat.page.keyboard.press('Escape');
      await focused(edit);
      await chat.page.keyboard.press('Enter');
      await focused(chat.page.getByLabel('Edit the question'));
      await chat.page.getByLabel('Edit the question').fill('Make it cancellable.');
      // Nothing is asked, and nothing lost, while an answer is on its way.
      await chat.send({ ...FULL_TALK, entries: [...FULL_TALK.entries, answer('m9', '', 'streaming')] });
      await chat.drawn();
      await chat.page.keyboard.press('Enter');
      assert.deepEqual(await chat.posted(), []);
      await chat.send(FULL_TALK);
      await chat.drawn();
      await chat.page.keyboard.press('Enter');
      assert.deepEqual(await chat.posted(), [{ type: 'edit', message: 'm3', text: 'Make it cancellable.' }]);
      await focused(chat.page.getByLabel('Your question'));
      // Cancelled while an answer is on its way, when the button can have no focus.
      await edit.click();
      await focused(chat.page.getByLabel('Edit the question'));
      await chat.send({ ...FULL_TALK, entries: [...FULL_TALK.entries, answer('m9', '', 'streaming')] });
      await chat.drawn();
      await chat.page.keyboard.press('Escape');
      await focused(chat.page.getByLabel('Your question'));
    });

    it('has the focus in the box for questions when what had it is gone', async () => {
      await chat.send(FULL_TALK);
      await chat.drawn();
      const button = chat.page.getByLabel('Delete answer').first();
      await button.click();
      await focused(button);
      await chat.send({ ...FULL_TALK, entries: FULL_TALK.entries.filter((entry) => entry.id !== 'm2') });
      await focused(chat.page.getByLabel('Your question'));
    });

    it('completes commands and files', async () => {
      await chat.send(stateOf([]));
      const box = chat.page.getByLabel('Your question');
      await box.click();
      await chat.posted();
      await chat.page.keyboard.type('see @a');
      const asked = (await chat.posted()).at(-1);
      assert.deepEqual(asked, { type: 'complete', request: 2, trigger: '@', query: 'a' });
      const item = (id: string) => ({ id, label: id, detail: `src/${id}`, insert: `@src/${id}` });
      await chat.send({ type: 'completions', request: 1, items: [item('late.ts')] });
      await chat.send({ type: 'completions', request: 2, items: [item('a.ts'), item('ab.ts')] });
      await chat.page.getByRole('option', { name: 'a.ts' }).first().waitFor();
      await chat.page.keyboard.press('ArrowDown');
      await chat.page.getByRole('option', { selected: true, name: 'ab.ts' }).waitFor();
      await chat.page.keyboard.press('Enter');
      assert.equal(await box.inputValue(), 'see @src/ab.ts ');
      assert.deepEqual(await chat.posted(), [{ type: 'completed', completion: 'ab.ts' }]);
      await chat.page.getByRole('listbox').waitFor({ state: 'detached' });
    });

    it('asks for everything again when a message was lost', async () => {
      await chat.send(stateOf([answer('a', 'x', 'streaming')]));
      await chat.drawn();
      await chat.posted();
      await chat.page.evaluate(`postMessage({ type: 'delta', seq: 9, message: 'a', text: 'y' }, '*')`);
      const posted: ToHost[] = [];
      while (posted.length === 0) posted.push(...(await chat.posted()));
      assert.deepEqual(posted, [{ type: 'ready' }]);
    });

    it('follows the answer until the user scrolls away, and again when asked to', async () => {
      const paragraphs = (count: number): string => 'Some words of an answer.\n\n'.repeat(count);
      await chat.send(stateOf([answer('a', paragraphs(80), 'streaming')]));
      await chat.drawn();
      await atEnd(chat);
      await chat.page.getByRole('main').hover();
      await chat.page.mouse.wheel(0, -600);
      await chat.page.getByLabel('To the end').waitFor();
      await chat.send({ type: 'delta', message: 'a', text: paragraphs(20) });
      await chat.drawn();
      assert.ok((await distanceToEnd(chat)) > 300);
      await chat.page.getByLabel('To the end').click();
      await chat.page.getByLabel('To the end').waitFor({ state: 'detached' });
      await chat.send({ type: 'delta', message: 'a', text: paragraphs(20) });
      await chat.drawn();
      await atEnd(chat);
    });

    it('reaches everything with Tab, in the order it is seen, with the focus shown', async () => {
      await chat.send(stateOf([question('q', 'why'), answer('a', '[x](src/a.ts)\n\n```js\na\n```')]));
      await chat.drawn();
      const stops: string[] = [];
      await chat.page.evaluate('document.activeElement.blur()');
      for (let step = 0; step < 18; step++) {
        await chat.page.keyboard.press('Tab');
        const [name, outlined] = await chat.page.evaluate<[string, boolean]>(`(() => {
          const at = document.activeElement;
          const style = getComputedStyle(at);
          const framed = at.matches('.composer .input');
          return [at.getAttribute('aria-label') ?? at.textContent, framed || style.outlineStyle !== 'none'];
        })()`);
        stops.push(name);
        assert.ok(outlined || name === '', `${name} shows no focus`);
        if (name === 'Send (Enter)') break;
      }
      assert.deepEqual(stops, [
        ...['Conversations', 'New conversation', 'Conversation'],
        ...['Copy question', 'Edit and ask again', 'Delete question'],
        ...['Copy answer', 'Answer again', 'Delete answer', 'x'],
        ...['Copy code', 'Insert at cursor', 'Apply to file', 'New file with this code', 'Code text'],
        ...['Your question', 'Send (Enter)'],
      ]);
    });
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    for (const width of [200, 420, 1200]) {
      it(`has nothing axe complains of: ${name}, ${width} pixels`, async () => {
        chat = await ChatWindow.open(browser, theme, width, 900);
        for (const [state, prepare] of Object.entries(STATES)) {
          await prepare(chat);
          await chat.drawn();
          await chat.page.screenshot({ path: join(PICTURES, `chat-${name}-${width}-${state}.png`) });
          assert.deepEqual(await axeViolations(chat), [], state);
          assert.deepEqual(await tooWide(chat), [], state);
        }
        assert.deepEqual(await chat.trouble(), NO_TROUBLE);
        await chat.close();
      });
    }
  }

  it('moves nothing where motion is to be reduced', async () => {
    const still: Theme = { ...THEMES.dark, bodyClass: 'vscode-dark vscode-reduce-motion' };
    for (const [theme, moving] of [
      [THEMES.dark, true],
      [still, false],
    ] as const) {
      chat = await ChatWindow.open(browser, theme);
      await chat.send(stateOf([answer('a', '', 'streaming')]));
      await chat.page.getByText('Reading').waitFor();
      assert.equal(await chat.page.evaluate('document.getAnimations().length > 0'), moving);
      await chat.close();
    }
  });
});

/** What the page is looked at in, one after another. */
const STATES: Readonly<Record<string, (chat: ChatWindow) => Promise<void>>> = {
  empty: (chat) => chat.send(stateOf([])),
  talk: (chat) => chat.send(FULL_TALK),
  streaming: (chat) =>
    chat.send(stateOf([question('q', 'Why?'), answer('a', 'Because\n\n```ts\nconst a = 1;', 'streaming')])),
  waiting: (chat) => chat.send(stateOf([question('q', 'Why?'), answer('a', '', 'streaming')])),
  list: async (chat) => {
    await chat.send(FULL_TALK);
    await chat.page.getByLabel('Conversations').first().click();
  },
  completing: async (chat) => {
    await chat.page.getByLabel('Conversations').first().click();
    await chat.send(stateOf([question('q', 'Why?'), { ...answer('a', 'So.'), status: 'stopped' }]));
    await chat.page.getByLabel('Your question').fill('/e');
    const request = (await chat.posted()).findLast((message) => message.type === 'complete')?.request ?? 0;
    const items = ['explain', 'edit', 'extract'].map((word) => ({
      ...{ id: word, label: `/${word}`, insert: `/${word}` },
      detail: 'say what the selection does, step by step',
    }));
    await chat.send({ type: 'completions', request, items });
    await chat.page.getByRole('listbox').waitFor();
  },
  editing: async (chat) => {
    await chat.send(FULL_TALK);
    await chat.page.getByLabel('Edit and ask again').first().click();
    await focused(chat.page.getByLabel('Edit the question'));
  },
};

/** Resolves when it has the focus: what the page was told to draw comes in a later frame. */
async function focused(element: Locator): Promise<void> {
  await element.and(element.page().locator(':focus')).waitFor();
}

async function axeViolations(chat: ChatWindow): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await chat.page.evaluate(`if (!window.axe) { ${axe} }`);
  return chat.page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary)))`);
}

/** What stands out on the right, and is not inside of something that scrolls. */
async function tooWide(chat: ChatWindow): Promise<string[]> {
  return chat.page.evaluate(`[...document.querySelectorAll('.app *:not(.for-screen-readers *)')]
    .filter((element) => !element.closest('pre > *, .table > *') && element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.outerHTML.slice(0, 120))`);
}

/** The text that the answer would have by now. */
async function textOf(chat: ChatWindow): Promise<string> {
  await chat.drawn();
  const parts = Array.from({ length: 30 }, (_, part) => ` word\n\n\`\`\`js\nlet a${part};\n\`\`\`\n\nPart`);
  return `First *block*.\n\nSecond${parts.join('')}`;
}

/** Where it scrolls to by itself, some frames after what is drawn has grown. */
async function atEnd(chat: ChatWindow): Promise<void> {
  const deadlineMs = performance.now() + 5_000;
  while ((await distanceToEnd(chat)) >= 48) assert.ok(performance.now() < deadlineMs, 'It does not follow.');
}

async function distanceToEnd(chat: ChatWindow): Promise<number> {
  return chat.page.evaluate(`(() => {
    const main = document.querySelector('main');
    return main.scrollHeight - main.scrollTop - main.clientHeight;
  })()`);
}
