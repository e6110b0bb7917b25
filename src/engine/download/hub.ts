import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Hugging Face or a mirror of it, in the order of node-llama-cpp and llama.cpp; ends with a slash. */
export function hubEndpoint(env: NodeJS.ProcessEnv = process.env): string {
  const endpoint = env['MODEL_ENDPOINT'] || env['HF_ENDPOINT'] || 'https://huggingface.co/';
  return endpoint.endsWith('/') ? endpoint : `${endpoint}/`;
}

export function isHubUrl(url: string): boolean {
  return new URL(url).host === new URL(hubEndpoint()).host;
}

/** The user's token, where Hugging Face's own tools keep it; undefined where there is none. */
export async function hubToken(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  if (env['HF_TOKEN']) return env['HF_TOKEN'];
  const cache = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const path = env['HF_TOKEN_PATH'] || join(env['HF_HOME'] || join(cache, 'huggingface'), 'token');
  const token = await readFile(path, 'utf8').catch(() => '');
  return token.trim() || undefined;
}

export function hubFileUrl(user: string, repo: string, branch: string, file: string): string {
  const path = [user, repo, 'resolve', branch, ...file.split('/')].map(encodeURIComponent).join('/');
  return hubEndpoint() + path;
}
