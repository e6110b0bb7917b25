import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { type EngineRequests, PROTOCOL_VERSION } from '../../src/rpc/engineProtocol.ts';
import { RpcClient } from '../../src/rpc/rpcClient.ts';
import { ensureModel } from '../model/fetchModel.ts';
import { childProcesses } from '../support/childProcesses.ts';
import { ENGINE_STATES } from '../support/engineStates.ts';
import { endWhile } from '../support/heldWindow.ts';
import { isRunning } from '../support/processes.ts';

const SUPPORT = resolve(import.meta.dirname, '../support');
/** No figure, only a bound for busy machines: the bar is 2 s, and `npm run soak -- close` measures. */
const GONE_MS = 10_000;

describe('The engine ends', function () {
  this.timeout(120_000);

  for (const state of ENGINE_STATES) {
    it(`when its window is closed while it is ${state}`, async () => {
      const { engineMs } = await endWhile(state, 'window closed');
      assert.ok(engineMs < GONE_MS, `${engineMs} ms`);
    });
  }

  it('when its extension host is killed', async () => {
    const { engineMs } = await endWhile('prefilling', 'host killed');
    assert.ok(engineMs < GONE_MS, `${engineMs} ms`);
  });

  for (const state of ENGINE_STATES) {
    it(`when a host is killed while the engine is ${state}`, async () => {
      const directory = await mkdtemp(join(tmpdir(), 'deepwell-'));
      const host = spawn(
        process.execPath,
        [join(SUPPORT, 'holdingHost.ts'), await ensureModel(), state],
        // The host's own temporary folder is left behind when it is killed.
        { env: { ...process.env, TMPDIR: directory, TEMP: directory }, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      assert.ok(host.pid);
      try {
        await once(host.stdout, 'data');
        while ((await childProcesses(host.pid)).length === 0);
        // One that loads again and again must not start another engine behind our back.
        host.kill('SIGSTOP');
        const engines = await childProcesses(host.pid);
        host.kill('SIGKILL');
        await gone(engines);
      } finally {
        host.kill('SIGKILL');
      }
      await rm(directory, { recursive: true });
    });
  }

  it('when native code hangs: by its own hand', async () => {
    const engine = fork(join(SUPPORT, 'hangingEngine.ts'), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const exited = once(engine, 'exit');
    try {
      const client = new RpcClient<EngineRequests>(
        { reader: new IPCMessageReader(engine), writer: new IPCMessageWriter(engine) },
        () => undefined,
      );
      await client.request('hello', { protocol: PROTOCOL_VERSION, client: 'test' });
      const load = { model: 'm', path: await ensureModel(), contextTokens: 512, threads: 1, probe: [] };
      await client.request('load', { ...load, gpu: 'off' });
      engine.disconnect();
      assert.deepEqual(await exited, [null, 'SIGKILL']);
      client.dispose();
    } finally {
      engine.kill('SIGKILL');
    }
  });
});

async function gone(pids: readonly number[]): Promise<void> {
  const deadlineMs = performance.now() + GONE_MS;
  for (const pid of pids) {
    while (await isRunning(pid)) {
      assert.ok(performance.now() < deadlineMs, `Engine ${pid} still runs.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
