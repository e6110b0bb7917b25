import { codeBlocks } from './codeBlocks.ts';
import { relativePath } from './relativePath.ts';

/** A file that code of an answer may belong to. */
export interface CandidateFile {
  /** Relative to its workspace folder. */
  readonly path: string;
  readonly text: string;
}

/** Less than this share of its lines in common says nothing. */
const LEAST_SHARED = 0.2;

const PATH = /[\w@.+()[\]-]+(?:[\\/][\w@.+()[\]-]+)*\.\w{1,12}/g;
const COMMENT = /^\s*(?:\/\/|\/\*+|#|--|<!--|;)\s*/;

/**
 * The path of the file that a code block belongs to: what the answer names right at the block, else the candidate that has
 * most of its lines, else the only one there is. Undefined where nothing tells: the user knows.
 *
 * @param candidates the likeliest first.
 */
export function fileOfBlock(
  answer: string,
  block: string,
  candidates: readonly CandidateFile[],
): string | undefined {
  const named = namedPaths(answer, block);
  for (const path of named) {
    const known = candidates.find((each) => each.path === path || each.path.endsWith(`/${path}`));
    if (known) return known.path;
  }
  const path = named.find((each) => each.includes('/'));
  if (path !== undefined) return path;
  const lines = new Set(wordyLines(block));
  const shared = candidates.map((each) => {
    const common = new Set(wordyLines(each.text).filter((line) => lines.has(line)));
    return { path: each.path, share: lines.size === 0 ? 0 : common.size / lines.size };
  });
  // Sorting is stable: of equals the likeliest stays first.
  const [best] = shared.sort((a, b) => b.share - a.share);
  if (best && best.share >= LEAST_SHARED) return best.path;
  return candidates.length === 1 ? candidates[0]?.path : undefined;
}

/** In the order of how much they say. */
function namedPaths(answer: string, block: string): string[] {
  const found = codeBlocks(answer).find(({ text }) => squeezed(text) === squeezed(block));
  const first = block.split('\n', 1)[0] ?? '';
  const places = [found?.info ?? '', COMMENT.test(first) ? first : '', ...(found?.lead ?? [])];
  return places.flatMap((place) => [...place.matchAll(PATH)].flatMap(([path]) => relativePath(path) ?? []));
}

/** Lines that are not in every file. */
function wordyLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\w{3}/.test(line));
}

/** The page takes off what a list indents. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
