import { nullLog } from '../../src/base/log.ts';
import { startEngine } from '../../src/engine/server.ts';
import { EngineHost } from '../../src/host/engineHost.ts';
import type { ForkedProcess } from '../../src/host/forkProcess.ts';
import type { Transport } from '../../src/rpc/rpcClient.ts';
import { memoryTransport } from './memoryTransport.ts';
import { type Script, ScriptedBinding, type ScriptedModel } from './scriptedBinding.ts';

/** An "engine process" in this one: the real server on a scripted model, which dies when the test wants it to. */
export class ScriptedProcess implements ForkedProcess {
  readonly transport: Transport;
  readonly pid = 4711;
  readonly exited: Promise<string>;
  readonly binding: ScriptedBinding;
  ended = false;
  private readonly _end: (how: string) => void;
  private readonly _exit: (how: string) => void;

  constructor(script: Script) {
    const channel = memoryTransport();
    this.transport = channel.host;
    this.binding = new ScriptedBinding(script);
    let settle = (_how: string): void => undefined;
    this.exited = new Promise((resolve) => (settle = resolve));
    this._exit = settle;
    this._end = (how) => {
      this.ended = true;
      channel.close();
      settle(how);
    };
    startEngine(channel.engine, this.binding, nullLog, () => this._end('exit code 0'));
  }

  get model(): ScriptedModel {
    const model = this.binding.models.at(-1);
    if (!model) throw new Error('No model is loaded.');
    return model;
  }

  kill(): void {
    this._end('signal SIGKILL');
  }

  /** Ends without its channel's closing: what inherited the channel may hold it open. */
  vanish(): void {
    this.ended = true;
    this._exit('signal SIGKILL');
  }
}

/** A host whose engine processes are scripted; `processes` has all it has started. */
export class ScriptedEngines {
  readonly processes: ScriptedProcess[] = [];
  readonly host: EngineHost;
  /** Called with each new process before the host talks to it. */
  prepare: (process: ScriptedProcess) => void = () => undefined;

  constructor(script: Script = {}) {
    this.host = new EngineHost({
      fork: async () => {
        const started = new ScriptedProcess(script);
        this.processes.push(started);
        this.prepare(started);
        return started;
      },
      whenQuiet: async () => undefined,
      probe: [],
      version: 'test',
      log: nullLog,
    });
  }

  get newest(): ScriptedProcess {
    const newest = this.processes.at(-1);
    if (!newest) throw new Error('No engine has been started.');
    return newest;
  }

  get running(): number {
    return this.processes.filter(({ ended }) => !ended).length;
  }
}
