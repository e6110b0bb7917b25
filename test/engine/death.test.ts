import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompletionResult, ModelUnavailable } from '../../src/core/ports/model.ts';
import { ensureModel } from '../model/fetchModel.ts';
import { isRunning } from '../support/processes.ts';
import { type RealEngine, startRealEngine } from '../support/realEngine.ts';

const PROMPT = `${'let answer = 42;\n'.repeat(150)}function add(a, b) {\n  return`;

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('An engine process that is killed', () => {
  let modelPath: string;
  let engine: RealEngine;
  before(async () => {
    modelPath = await ensureModel();
  });
  beforeEach(async () => {
    engine = await startRealEngine({ modelPath, contextTokens: 2048, threads: 1 });
  });
  afterEach(() => engine.dispose());

  const ask = (onText: (text: string) => void = () => undefined): Promise<CompletionResult> =>
    engine.model.complete({
      prompt: () => ({ pieces: [{ text: PROMPT, leadingSpace: false }], heal: '' }),
      maxTokens: 8,
      signal: new AbortController().signal,
      onText,
    });

  /** Resolves when some, and not all, of the prompt is in the cache. */
  async function prefilling(): Promise<void> {
    for (;;) {
      await pause();
      if (engine.host.state.kind !== 'ready') continue;
      const { lanes } = await engine.host.state.engine.connection.status();
      if ((lanes[0]?.cachedTokens ?? 0) > 0) return;
    }
  }

  it('in its prefill: the next one answers', async () => {
    const reply = ask();
    await prefilling();
    const { pid } = engine.process();
    engine.process().kill();
    assert.match((await reply).text, /a \+ b/);
    assert.notEqual(engine.process().pid, pid);
  });

  it('while it writes: the next one goes on with the same text', async () => {
    const heard: string[] = [];
    const reply = await ask((text) => {
      heard.push(text);
      if (heard.length === 2) engine.process().kill();
    });
    assert.match(reply.text, /a \+ b/);
    assert.equal(heard.join(''), reply.text);
    assert.equal(reply.generatedTokens, 8);
  });

  it('again and again: gives up, and says so', async () => {
    const states: string[] = [];
    engine.host.onDidChangeState(({ kind }) => {
      states.push(kind);
      if (kind === 'ready') engine.process().kill();
    });
    await assert.rejects(ask(), ModelUnavailable);
    while (engine.host.state.kind !== 'failed') await pause();
    const { state } = engine.model;
    assert.ok(state.kind === 'failed');
    assert.deepEqual([state.problem.kind, state.problem.action], ['engine-died', 'restart-engine']);
    assert.equal(states.filter((kind) => kind === 'ready').length, 4);
    await assert.rejects(ask(), ModelUnavailable);
  });
});

describe('An engine process whose host is killed', () => {
  it('ends, from the middle of a prefill', async () => {
    const script = join(import.meta.dirname, '../support/dyingHost.ts');
    const directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
    const host = spawn(process.execPath, [script, await ensureModel()], {
      env: { ...process.env, TMPDIR: directory, TEMP: directory },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number(output.toString());
    assert.equal(await isRunning(pid), true);
    host.kill('SIGKILL');
    // Mocha's own limit is the one on time.
    while (await isRunning(pid)) await pause();
    await rm(directory, { recursive: true });
  });
});
