import assert from 'node:assert/strict';
import { type RivalFacts, RIVALS, rivalsToName, withSilenced } from '../../../../src/core/rivals/rivals.ts';

const NOBODY: RivalFacts = { isActive: () => false, suppressed: '', dismissed: [], usesGithub: true };
const active = (...ids: string[]): Partial<RivalFacts> => ({ isActive: (id) => ids.includes(id) });

describe('rivalsToName', () => {
  const CHAT = 'GitHub.copilot-chat';
  const TABNINE = 'TabNine.tabnine-vscode';
  const CONTINUE = 'Continue.continue';

  const rows: [what: string, facts: Partial<RivalFacts>, named: string[]][] = [
    ['nobody', {}, []],
    ['an extension that is no rival', active('ms-python.python'), []],
    ['one', active(TABNINE), [TABNINE]],
    ['two', active(TABNINE, CONTINUE), [CONTINUE, TABNINE]],
    ['one dismissed', { ...active(TABNINE), dismissed: [TABNINE] }, []],
    ['another than the one dismissed', { ...active(TABNINE, CONTINUE), dismissed: [TABNINE] }, [CONTINUE]],
    ['one silenced', { ...active(TABNINE), suppressed: 'tabnine.tabnine-vscode' }, []],
    ['one silenced among others', { ...active(TABNINE), suppressed: 'a.b,tabnine.tabnine-vscode,c.d' }, []],
    [
      'one in a list, as VS Code once had it',
      { ...active(TABNINE), suppressed: ['tabnine.tabnine-vscode'] },
      [],
    ],
    // VS Code compares with lower case, and takes spaces as part of the name.
    ['one silenced in vain', { ...active(TABNINE), suppressed: TABNINE }, [TABNINE]],
    ['one behind a space', { ...active(TABNINE), suppressed: 'a.b, tabnine.tabnine-vscode' }, [TABNINE]],
    ['another silenced', { ...active(TABNINE), suppressed: 'continue.continue' }, [TABNINE]],
    ['a setting that is no text', { ...active(TABNINE), suppressed: { a: 1 } }, [TABNINE]],
    ['a setting that is null', { ...active(TABNINE), suppressed: null }, [TABNINE]],
    ['Copilot, signed in', active(CHAT), [CHAT]],
    ['Copilot as it comes with VS Code', { ...active(CHAT), usesGithub: false }, []],
    ['Copilot’s two providers silenced', { ...active(CHAT), suppressed: 'nes,completions' }, []],
    ['one of Copilot’s providers silenced', { ...active(CHAT), suppressed: 'nes' }, [CHAT]],
    ['Copilot silenced by its id, in vain', { ...active(CHAT), suppressed: 'github.copilot-chat' }, [CHAT]],
  ];

  for (const [what, facts, named] of rows) {
    it(`${what}: ${named.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        rivalsToName({ ...NOBODY, ...facts }).map(({ id }) => id),
        named,
      );
    });
  }

  it('has each extension once', () => {
    const ids = RIVALS.map(({ id }) => id.toLowerCase());
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('withSilenced', () => {
  const [copilot, chat, other] = RIVALS;
  assert.ok(copilot && chat && other);

  const rows: [before: unknown, after: string][] = [
    ['', 'continue.continue'],
    [undefined, 'continue.continue'],
    ['a.b', 'a.b,continue.continue'],
    ['a.b, c.d', 'a.b, c.d,continue.continue'],
    ['continue.continue', 'continue.continue'],
    [['a.b'], 'a.b,continue.continue'],
  ];

  for (const [before, after] of rows) {
    it(`${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () => {
      assert.equal(withSilenced(before, [other]), after);
    });
  }

  it('silences all of them at once, so that none is named again', () => {
    const suppressed = withSilenced('', RIVALS);
    assert.deepEqual(rivalsToName({ ...NOBODY, isActive: () => true, suppressed }), []);
    assert.equal(withSilenced('', [copilot, chat]), 'github.copilot,completions,nes');
  });
});
