/** Where a link of an answer leads: to the web, or to a file of the workspace. */
export type LinkTarget =
  | { readonly kind: 'web'; readonly href: string }
  /** The path is relative and as it was written; lines begin at 1, 0 where none is named. */
  | { readonly kind: 'file'; readonly path: string; readonly line: number };

const MAX_CHARS = 2000;
const WEB = /^(?:https?:\/\/|mailto:)[^\s\\]+$/i;
const LINE = /(?:#L?|:)(\d{1,7})(?:[-:,–]?(?:L?\d{1,7})?)?$/i;

/**
 * What a link may lead to; `undefined` for everything else: `javascript:`, `command:`, `vscode:`, `file:`, `data:`, paths from
 * the root or out of the workspace, and whatever cannot be told. Nothing is followed here, the host asks first.
 */
export function linkTarget(href: string): LinkTarget | undefined {
  if (href.length > MAX_CHARS || hasControls(href)) return undefined;
  if (WEB.test(href)) return { kind: 'web', href };
  const decoded = decode(href);
  if (decoded === undefined || hasControls(decoded)) return undefined;
  const line = LINE.exec(decoded);
  const path = (line === null ? decoded : decoded.slice(0, line.index)).replace(/^\.\//, '');
  if (!isRelativePath(path)) return undefined;
  // `command:1` is no line of a file named `command`.
  if (line?.[0].startsWith(':') && !/[./]/.test(path)) return undefined;
  return { kind: 'file', path, line: Number(line?.[1] ?? 0) };
}

/** No scheme, no drive, no host, no way up. */
function isRelativePath(path: string): boolean {
  if (path === '' || /^[/\\~#?]/.test(path) || /[:\\?#<>|*"]/.test(path)) return false;
  return !path.split('/').includes('..');
}

function decode(href: string): string | undefined {
  try {
    return decodeURIComponent(href);
  } catch {
    return undefined;
  }
}

/** Control characters, and those that turn the direction of writing around to make a link look like another. */
function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(text);
}
