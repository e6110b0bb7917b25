/** Where a model can be fetched from. */
export type ModelAddress =
  | { readonly kind: 'hf-quant'; readonly user: string; readonly repo: string; readonly quant: string }
  | {
      readonly kind: 'hf-file';
      readonly user: string;
      readonly repo: string;
      readonly file: string;
      readonly branch: string;
    }
  | { readonly kind: 'url'; readonly url: string };

export type AddressMistake = 'empty' | 'http' | 'not-gguf' | 'hf-incomplete' | 'unknown';

const NAME = /^\w[\w.-]*$/;
const HUGGING_FACE = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
const GGUF_NAME = /\.gguf$/i;

/**
 * Reads `hf:user/repo:QUANT`, `hf:user/repo/file.gguf#branch`, an https URL of a .gguf file, or the address of a Hugging
 * Face page of a repository or a file.
 */
export function parseModelAddress(text: string): ModelAddress | { readonly mistake: AddressMistake } {
  const address = text.trim();
  if (address === '') return { mistake: 'empty' };
  const short = /^(?:hf:(?:\/\/)?|huggingface:(?:\/\/)?|hf\.co\/|huggingface\.co\/)(.*)$/i.exec(address);
  if (short) return parseHuggingFace(short[1] ?? '');
  const url = parseUrl(address);
  if (url === undefined) return { mistake: 'unknown' };
  if (url.protocol !== 'https:' && !isLoopback(url)) {
    return { mistake: url.protocol === 'http:' ? 'http' : 'unknown' };
  }
  if (HUGGING_FACE.has(url.hostname)) return parseHuggingFacePage(url);
  if (!GGUF_NAME.test(url.pathname)) return { mistake: 'not-gguf' };
  return { kind: 'url', url: url.href };
}

/** The address in one line; {@link parseModelAddress} reads it back. */
export function formatModelAddress(address: ModelAddress): string {
  if (address.kind === 'url') return address.url;
  const { user, repo } = address;
  if (address.kind === 'hf-quant') return `hf:${user}/${repo}${address.quant && `:${address.quant}`}`;
  return `hf:${user}/${repo}/${address.file}${address.branch === 'main' ? '' : `#${address.branch}`}`;
}

function parseHuggingFace(rest: string): ModelAddress | { readonly mistake: AddressMistake } {
  const [path = '', branch = ''] = rest.split('#', 2);
  const [user = '', second = '', ...file] = path.split('/');
  const [repo = '', quant = ''] = second.split(':', 2);
  if (!NAME.test(user) || !NAME.test(repo)) return { mistake: 'hf-incomplete' };
  if (file.join('/') === '') {
    if (quant !== '' && !NAME.test(quant)) return { mistake: 'hf-incomplete' };
    return { kind: 'hf-quant', user, repo, quant };
  }
  if (quant !== '' || file.includes('..') || file.includes('')) return { mistake: 'hf-incomplete' };
  if (!GGUF_NAME.test(path)) return { mistake: 'not-gguf' };
  return { kind: 'hf-file', user, repo, file: file.join('/'), branch: branch || 'main' };
}

function parseHuggingFacePage(url: URL): ModelAddress | { readonly mistake: AddressMistake } {
  const [user, repo, kind, branch, ...file] = decode(url.pathname).split('/').slice(1);
  if (user === undefined || repo === undefined) return { mistake: 'hf-incomplete' };
  if (kind === 'resolve' || kind === 'blob') {
    return parseHuggingFace(`${user}/${repo}/${file.join('/')}#${branch ?? ''}`);
  }
  return parseHuggingFace(`${user}/${repo}`);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A server on the same machine needs no encryption. */
function isLoopback(url: URL): boolean {
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
