import assert from 'node:assert/strict';
import { Cancelled } from '../../../../src/base/abort.ts';
import { type Log, nullLog } from '../../../../src/base/log.ts';
import type { View } from '../../../../src/core/completion/view.ts';
import type { Candidate, ContextSource } from '../../../../src/core/context/contextSource.ts';
import type { RelatedRoom } from '../../../../src/core/context/relatedFiles.ts';
import { RelatedContext } from '../../../../src/core/context/relatedContext.ts';
import { FakeTime } from '../../../support/fakeTime.ts';
import { uriOf } from '../../../support/scriptedIndex.ts';
import { numbered, TextsInMemory } from '../../../support/textsInMemory.ts';
import { viewOfPicture } from '../../../support/viewOfText.ts';

const NEVER = new AbortController().signal;
const ROOM = 10_000;

/** A source that answers what the test says, when it says so. */
class ScriptedSource implements ContextSource {
  readonly name: string;
  readonly weight = 1;
  readonly stability: number;
  answer: (place: View, signal: AbortSignal) => Promise<readonly Candidate[]>;

  constructor(name: string, stability: number) {
    this.name = name;
    this.stability = stability;
    this.answer = async () => [];
  }

  find(place: View, signal: AbortSignal): Promise<readonly Candidate[]> {
    return this.answer(place, signal);
  }
}

describe('RelatedContext', () => {
  let time: FakeTime;
  let texts: TextsInMemory;
  let definitions: ScriptedSource;
  let edits: ScriptedSource;
  let errors: string[];
  let context: RelatedContext;

  beforeEach(() => {
    time = new FakeTime();
    errors = [];
    texts = new TextsInMemory();
    for (const name of ['a', 'b', 'c', 'd']) texts.files.set(`${name}.ts`, numbered(40, name));
    definitions = new ScriptedSource('definitions', 5);
    edits = new ScriptedSource('edits', 0);
    const log: Log = { ...nullLog, error: (message) => errors.push(message) };
    context = new RelatedContext({
      sources: [edits, definitions],
      texts,
      repository: () => 'shop',
      clock: time,
      log,
    });
  });

  afterEach(() => time.stop());

  async function refresh(path = 'main.ts', signal = NEVER, maxChars = ROOM): Promise<void> {
    const refreshing = context.refresh(placeIn(path), roomOf(maxChars), signal);
    await time.pass(0);
    await refreshing;
  }

  /** `path first-end` of what is shown, in order. */
  function shown(): string[] {
    return context.part.excerpts.map(
      ({ path, firstLine, text }) => `${path} ${firstLine}-${firstLine + text.split('\n').length}`,
    );
  }

  function leftOut(): string[] {
    return (context.report?.leftOut ?? []).map(({ path, reason }) => `${path}: ${reason}`);
  }

  it('shows nothing before the first refresh', () => {
    assert.deepEqual(context.part, { repository: '', excerpts: [] });
    assert.equal(context.report, undefined);
  });

  it('shows the most stable first', async () => {
    edits.answer = async () => [lines('b.ts', 0, 4)];
    definitions.answer = async () => [lines('a.ts', 8, 12)];
    await refresh();
    assert.deepEqual(shown(), ['a.ts 8-12', 'b.ts 0-4']);
    assert.equal(context.part.repository, 'shop');
  });

  it('is the same object while a refresh finds the same', async () => {
    edits.answer = async () => [lines('b.ts', 0, 4), lines('c.ts', 0, 4)];
    await refresh();
    const { part } = context;
    edits.answer = async () => [lines('c.ts', 0, 4), lines('b.ts', 0, 4)];
    await refresh();
    assert.equal(context.part, part);
    assert.equal(context.report?.how, 'same');
    assert.equal(context.report?.keptInPlace, 2);
  });

  it('appends what it finds later, also what is more stable', async () => {
    edits.answer = async () => [lines('b.ts', 0, 4)];
    await refresh();
    definitions.answer = async () => [lines('a.ts', 0, 4)];
    edits.answer = async () => [];
    await refresh();
    assert.deepEqual(shown(), ['b.ts 0-4', 'a.ts 0-4']);
    assert.equal(context.report?.how, 'extended');
    assert.equal(context.report?.keptInPlace, 1);
  });

  it('waits with little that is new until the user comes to another file', async () => {
    const three = [lines('a.ts', 0, 4), lines('b.ts', 0, 4), lines('c.ts', 0, 4)];
    edits.answer = async () => three;
    await refresh();
    const { part } = context;
    edits.answer = async () => [...three, lines('d.ts', 0, 4)];
    await refresh();
    assert.equal(context.part, part);
    assert.deepEqual(leftOut(), ['d.ts: waits']);
    await refresh('other.ts');
    assert.deepEqual(shown(), ['a.ts 0-4', 'b.ts 0-4', 'c.ts 0-4', 'd.ts 0-4']);
  });

  it('changes nothing where a key comes before it is done', async () => {
    edits.answer = async () => [lines('b.ts', 0, 4)];
    await refresh();
    const { part, report } = context;
    const typing = new AbortController();
    edits.answer = async () => {
      typing.abort();
      return [lines('c.ts', 0, 4)];
    };
    await refresh('main.ts', typing.signal);
    await refresh('main.ts', AbortSignal.abort());
    assert.equal(context.part, part);
    assert.equal(context.report, report);
  });

  it('does not ask anyone where there is no room', async () => {
    edits.answer = async () => assert.fail('asked');
    await refresh('main.ts', NEVER, 0);
    assert.deepEqual(errors, []);
    assert.equal(context.report, undefined);
  });

  describe('never shows', () => {
    it('a file of secrets', async () => {
      texts.files.set('.env', 'TOKEN=abc');
      edits.answer = async () => [
        { ...lines('a.ts', 0, 1), uri: uriOf('.env'), path: '.env', text: 'TOKEN=abc' },
      ];
      await refresh();
      assert.deepEqual(shown(), []);
      assert.deepEqual(leftOut(), ['.env: a file of secrets']);
    });

    it('a secret in another file', async () => {
      const secret = `const t = 'ghp_${'a1B2c3'.repeat(6)}';`;
      texts.files.set('a.ts', secret);
      definitions.answer = async () => [{ ...lines('a.ts', 0, 1), text: secret }];
      for (let time = 0; time < 2; time++) {
        await refresh();
        assert.match(context.part.excerpts[0]?.text ?? '', /^const t = 'ghp_xREDACTEDx+';$/);
      }
      assert.ok(!JSON.stringify(context.report).includes('a1B2c3'));
    });

    it('the file itself, also where it was another one before', async () => {
      edits.answer = async () => [lines('a.ts', 0, 4), lines('b.ts', 0, 4)];
      await refresh('a.ts');
      assert.deepEqual(shown(), ['b.ts 0-4']);
      assert.deepEqual(leftOut(), ['a.ts: the file itself']);
      await refresh('b.ts');
      assert.deepEqual(shown(), ['a.ts 0-4']);
    });

    it('blank lines', async () => {
      edits.answer = async () => [{ ...lines('a.ts', 0, 1), text: '\n \n' }];
      await refresh();
      assert.deepEqual(leftOut(), ['a.ts: nothing in it']);
    });

    it('what changed, or may no longer be read', async () => {
      edits.answer = async () => [lines('a.ts', 0, 4), lines('b.ts', 0, 4), lines('c.ts', 0, 4)];
      await refresh();
      edits.answer = async () => [];
      texts.files.set('a.ts', numbered(40, 'changed'));
      texts.files.delete('b.ts');
      texts.files.set('c.ts', `above\n${numbered(40, 'c')}`);
      await refresh();
      assert.deepEqual(shown(), ['c.ts 0-4']);
      assert.deepEqual(leftOut(), ['a.ts: no longer there', 'b.ts: no longer there']);
    });

    it('more than there is room for', async () => {
      texts.files.set('long.ts', numbered(2_000));
      edits.answer = async () => [{ ...lines('long.ts', 0, 2_000) }, lines('b.ts', 0, 4)];
      await refresh();
      assert.deepEqual(shown(), ['b.ts 0-4']);
      assert.deepEqual(leftOut(), ['long.ts: no room']);
    });
  });

  describe('a source', () => {
    it('that takes long does not hold up the others, and is heard in the next pause', async () => {
      let arrive: (found: readonly Candidate[]) => void = () => undefined;
      definitions.answer = () => new Promise((resolve) => (arrive = resolve));
      edits.answer = async () => [lines('b.ts', 0, 4)];
      const refreshing = context.refresh(placeIn('main.ts'), roomOf(ROOM), NEVER);
      await time.pass(100);
      await refreshing;
      assert.deepEqual(shown(), ['b.ts 0-4']);
      assert.deepEqual(
        context.report?.sources.map(({ name, state, elapsedMs }) => [name, state, elapsedMs]),
        [
          ['edits', 'in time', 0],
          ['definitions', 'late', 100],
        ],
      );
      arrive([lines('a.ts', 0, 4)]);
      await time.pass(1_000);
      assert.deepEqual(shown(), ['b.ts 0-4'], 'nothing changes between two pauses');
      const again = context.refresh(placeIn('main.ts'), roomOf(ROOM), NEVER);
      await time.pass(100);
      await again;
      assert.deepEqual(shown(), ['b.ts 0-4', 'a.ts 0-4']);
      assert.equal(context.report?.sources[1]?.state, 'earlier');
    });

    it('that was late is not heard in another file', async () => {
      let arrive: (found: readonly Candidate[]) => void = () => undefined;
      definitions.answer = () => new Promise((resolve) => (arrive = resolve));
      const first = context.refresh(placeIn('main.ts'), roomOf(ROOM), NEVER);
      await time.pass(100);
      await first;
      arrive([lines('a.ts', 0, 4)]);
      const other = context.refresh(placeIn('other.ts'), roomOf(ROOM), NEVER);
      await time.pass(100);
      await other;
      assert.deepEqual(shown(), []);
    });

    it('that fails is told of, and does not hold up the others', async () => {
      definitions.answer = async () => Promise.reject(new Error('broken'));
      edits.answer = async () => [lines('b.ts', 0, 4)];
      await refresh();
      assert.deepEqual(shown(), ['b.ts 0-4']);
      assert.equal(context.report?.sources[1]?.state, 'failed');
      assert.equal(errors.length, 1);
    });

    it('that was cancelled has not failed', async () => {
      definitions.answer = async () => Promise.reject(new Cancelled());
      await refresh();
      assert.deepEqual(errors, []);
    });
  });

  it('lets in what the model can evaluate in the pause, and in the same file the file as well', async () => {
    definitions.answer = async () => [lines('a.ts', 0, 4)];
    const slow: RelatedRoom = { maxChars: ROOM, evaluableChars: 100, fileChars: 80 };
    await context.refresh(placeIn('main.ts'), { ...slow, evaluableChars: 0 }, NEVER);
    assert.deepEqual([shown(), leftOut()], [[], ['a.ts: waits']]);
    await context.refresh(placeIn('main.ts'), slow, NEVER);
    assert.deepEqual(shown(), []);
    await context.refresh(placeIn('other.ts'), slow, NEVER);
    assert.deepEqual(shown(), ['a.ts 0-4']);
  });

  it('tells what it found and what became of it', async () => {
    definitions.answer = async () => [lines('a.ts', 0, 4), lines('main.ts', 0, 1)];
    edits.answer = async () => [lines('a.ts', 2, 8)];
    await refresh();
    assert.deepEqual(context.report, {
      path: 'main.ts',
      maxChars: ROOM,
      how: 'extended',
      keptInPlace: 0,
      sources: [
        { name: 'edits', state: 'in time', found: 1, elapsedMs: 0 },
        { name: 'definitions', state: 'in time', found: 2, elapsedMs: 0 },
      ],
      shown: [
        {
          path: 'a.ts',
          firstLine: 0,
          endLine: 8,
          chars: 39,
          score: 2 / 61,
          sources: ['definitions', 'edits'],
        },
      ],
      leftOut: [
        {
          path: 'main.ts',
          firstLine: 0,
          endLine: 1,
          chars: 18,
          score: 1 / 62,
          sources: ['definitions'],
          reason: 'the file itself',
        },
      ],
    });
  });

  function lines(path: string, from: number, to: number): Candidate {
    const text = (texts.files.get(path) ?? '').split('\n').slice(from, to).join('\n');
    return { uri: uriOf(path), path, firstLine: from, text: text || path, isVerbatim: true };
  }
});

function placeIn(path: string): View {
  return viewOfPicture('total(|', { path, languageId: 'typescript' });
}

function roomOf(maxChars: number): RelatedRoom {
  return { maxChars, evaluableChars: Infinity, fileChars: 0 };
}
