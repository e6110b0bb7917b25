const LONGEST_CHARS = 1_000;

/**
 * A path as a model or a page wrote it, relative to a workspace folder and with forward slashes; undefined for whatever might
 * lead elsewhere: from the root, to a drive, a host or a home, up, by a scheme, or with characters that paths do not have.
 */
export function relativePath(written: string): string | undefined {
  const path = written
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (path === '' || path.length > LONGEST_CHARS || /^[/~]/.test(path)) return undefined;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff:*?"<>|]/.test(path))
    return undefined;
  return path.split('/').some((part) => part === '..' || part === '.' || part === '') ? undefined : path;
}
