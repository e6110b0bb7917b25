import { open, stat } from 'node:fs/promises';
import { cpus, homedir, release, totalmem, userInfo } from 'node:os';
import { basename } from 'node:path';
import { isCancelled, raceAbort } from '../base/abort.ts';
import { describeError } from '../base/log.ts';
import type { Person } from '../core/diagnose/hidePersonal.ts';
import { logTail } from '../core/diagnose/logTail.ts';
import type { ReportSection } from '../core/diagnose/report.ts';
import type { EngineStatus } from '../rpc/engineProtocol.ts';
import type { EngineHost, LoadedEngine } from './engineHost.ts';

/** An engine that does not answer by then is reported as one that does not answer. */
const STATUS_DEADLINE_MS = 2_000;
const LOG_TAIL_BYTES = 64 * 1024;

export interface ReportedEngine {
  readonly host: EngineHost;
  readonly modelPath: string | undefined;
  readonly logPath: string;
}

/** The machine and the engine on it, whatever state that is in. No text that the engine was given. */
export async function engineReport({ host, modelPath, logPath }: ReportedEngine): Promise<ReportSection[]> {
  const { state } = host;
  const loaded = state.kind === 'ready' ? state.engine : undefined;
  return [
    machine(),
    await model(modelPath, loaded),
    {
      title: 'Engine',
      facts: {
        state: state.kind,
        problem: state.kind === 'failed' ? `${state.error.kind}: ${state.error.message}` : undefined,
        ...(loaded && (await status(loaded))),
      },
    },
    {
      title: 'Deaths of the engine',
      lines: host.deaths.map(
        ({ atMs, pid, how }) => `${new Date(atMs).toISOString()} process ${pid}: ${how}`,
      ),
    },
    { title: 'Engine log', lines: await readLog(logPath) },
  ];
}

/** Who must not be recognised in a report. */
export function thisPerson(): Person {
  try {
    return { home: homedir(), userName: userInfo().username };
  } catch {
    // An account without an entry in the system's list.
    return { home: homedir(), userName: '' };
  }
}

function machine(): ReportSection {
  const processors = cpus();
  return {
    title: 'Machine',
    facts: {
      platform: `${process.platform} ${process.arch} ${release()}`,
      node: process.versions.node,
      processor: processors[0]?.model.trim(),
      cores: processors.length,
      memory: gigabytes(totalmem()),
      'available memory': gigabytes(process.availableMemory()),
    },
  };
}

async function model(path: string | undefined, loaded: LoadedEngine | undefined): Promise<ReportSection> {
  if (path === undefined) return { title: 'Model', facts: { file: 'none chosen' } };
  const file = await stat(path).catch(firstLine);
  const facts = loaded?.facts;
  return {
    title: 'Model',
    facts: {
      file: basename(path),
      path,
      size: typeof file === 'object' ? gigabytes(facts?.fileBytes ?? file.size) : file,
      name: facts?.name,
      architecture: facts?.architecture,
      context: facts && `${facts.contextTokens} of ${facts.trainContextTokens} tokens`,
      backend: facts?.backend,
      'layers on the GPU': facts?.gpuLayers,
      'flash attention': facts?.flashAttention,
      threads: facts?.threads,
    },
  };
}

async function status({ connection }: LoadedEngine): Promise<ReportSection['facts']> {
  let answer: EngineStatus;
  try {
    answer = await raceAbort(connection.status(), AbortSignal.timeout(STATUS_DEADLINE_MS));
  } catch (error) {
    const why = isCancelled(error) ? `none within ${STATUS_DEADLINE_MS} ms` : firstLine(error);
    return { process: connection.pid, answer: why };
  }
  const [lane] = answer.lanes;
  return {
    process: answer.pid,
    memory: gigabytes(answer.memoryBytes),
    busy: lane?.busy,
    'cached tokens': lane && `${lane.cachedTokens} of ${lane.contextTokens}`,
    'prefill speed': perSecond(lane?.prefillSpeed),
    'decode speed': perSecond(lane?.decodeSpeed),
    'chunk size': lane?.chunkTokens,
  };
}

/** The end of the file: it may have grown for days. */
async function readLog(path: string): Promise<string[]> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(size, LOG_TAIL_BYTES));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, size - buffer.length);
      return logTail(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return [];
  }
}

function firstLine(error: unknown): string | undefined {
  return describeError(error).split('\n', 1)[0];
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

function perSecond(tokens: number | undefined): string | undefined {
  return tokens === undefined ? undefined : `${tokens.toFixed(1)} tokens/s`;
}
