import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { childLog } from '../../../src/child/childLog.ts';
import { leaveWithHost } from '../../../src/child/leaveWithHost.ts';
import type { BoundModel } from '../../../src/engine/binding.ts';
import { startEngine } from '../../../src/engine/server.ts';
import { type ScriptedModel, type ScriptedSequence, ScriptedBinding } from '../scriptedBinding.ts';
import { REQUESTS_FILE, SCRIPT_FILE } from './files.ts';

/** Lines that take the model a while: to be seen while it writes, and to do much meanwhile. */
const PAUSES = [
  { line: /slow\(.*\);\n$/, ms: 1_500 },
  { line: /held\(.*\);\n$/, ms: 6_000 },
];

const folder = import.meta.dirname;

/**
 * The engine process with a scripted model, for tests in a real workbench: what it writes is known before, and each
 * request is noted. `extension.ts` in this folder puts it into a copy of the extension.
 */
class NotedBinding extends ScriptedBinding {
  override async load(...args: Parameters<ScriptedBinding['load']>): Promise<BoundModel> {
    const model = await super.load(...args);
    const scripted = this.models.at(-1);
    if (!scripted) return model;
    noteAndPace(scripted, scripted.sequence);
    const openSequence = scripted.openSequence.bind(scripted);
    scripted.openSequence = async () => {
      const sequence = await openSequence();
      noteAndPace(scripted, sequence);
      return sequence;
    };
    return model;
  }
}

function noteAndPace(model: ScriptedModel, sequence: ScriptedSequence): void {
  const generate = sequence.generate.bind(sequence);
  sequence.generate = async function* (tokens, choose) {
    appendFileSync(
      join(folder, REQUESTS_FILE),
      `${JSON.stringify(model.detokenize([...sequence.tokens, ...tokens]))}\n`,
    );
    let written = '';
    for await (const candidate of generate(tokens, choose)) {
      written += model.detokenize([candidate.token]);
      for (const { line, ms } of PAUSES) if (line.test(written)) await sleep(ms);
      yield candidate;
    }
  };
}

function script(): Record<string, string> {
  const file = readFileSync(join(folder, SCRIPT_FILE), 'utf8');
  return v.parse(v.record(v.string(), v.string()), JSON.parse(file));
}

const log = childLog();
const leave = startEngine(
  { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) },
  new NotedBinding({ continuations: script() }),
  log,
  () => process.exit(0),
);
leaveWithHost(leave);
