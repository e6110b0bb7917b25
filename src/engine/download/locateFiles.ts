import * as v from 'valibot';
import { EngineError } from '../../rpc/engineError.ts';
import type { ModelAddress } from '../../rpc/engineProtocol.ts';
import { modelFiles } from '../llama/modelFiles.ts';
import { downloadError, statusError } from './downloadError.ts';
import { hubEndpoint, hubFileUrl } from './hub.ts';
import { askForFile, hubHeaders, type RemoteFile } from './remoteFile.ts';

/** The files behind an address, the first one first. */
export async function locateFiles(
  address: ModelAddress,
  signal: AbortSignal,
): Promise<readonly [RemoteFile, ...RemoteFile[]]> {
  let at = address.kind === 'url' ? address.url : hubEndpoint();
  try {
    const url = (at = await urlOf(address, signal));
    const [first, ...rest] = modelFiles(new URL(url).pathname).map((path) => {
      const part = new URL(url);
      part.pathname = path;
      return part.href;
    });
    const files: [RemoteFile, ...RemoteFile[]] = [await askForFile(first ?? url, signal)];
    for (const part of rest) files.push(await askForFile(part, signal));
    return files;
  } catch (error) {
    throw downloadError(error, at, signal);
  }
}

async function urlOf(address: ModelAddress, signal: AbortSignal): Promise<string> {
  if (address.kind === 'url') return address.url;
  const { user, repo } = address;
  if (address.kind === 'hf-file') return hubFileUrl(user, repo, address.branch, address.file);
  return hubFileUrl(user, repo, 'main', await fileOfQuant(address, signal));
}

const manifest = v.object({ ggufFile: v.object({ rfilename: v.pipe(v.string(), v.regex(/\.gguf$/i)) }) });

/** Which file a repository has for a quantization: the hub answers that to llama.cpp, by its manifest for Ollama. */
async function fileOfQuant(
  { user, repo, quant }: ModelAddress & { kind: 'hf-quant' },
  signal: AbortSignal,
): Promise<string> {
  const url = `${hubEndpoint()}v2/${user}/${repo}/manifests/${encodeURIComponent(quant || 'latest')}`;
  const response = await fetch(url, {
    headers: { ...(await hubHeaders(url)), 'user-agent': 'llama-cpp' },
    signal,
  });
  if (response.status === 400 || response.status === 404) {
    const what = quant ? `no file of quantization ${quant}` : 'no GGUF file';
    throw new EngineError('not-found', `${user}/${repo} has ${what}.`, { url });
  }
  if (!response.ok) {
    throw statusError(response.status, url, response.headers.get('x-error-code') ?? undefined);
  }
  const parsed = v.safeParse(manifest, await response.json().catch(() => undefined));
  if (parsed.success) return parsed.output.ggufFile.rfilename;
  throw new EngineError('not-found', `${user}/${repo} has no GGUF file.`, { url });
}
