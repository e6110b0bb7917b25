export interface Person {
  /** The home directory's path. */
  readonly home: string;
  readonly userName: string;
}

/**
 * Text fit for a public bug report: `~` for the home directory however it is written, `<user>` where the user's name is
 * a folder elsewhere, and nothing of what stands in an address besides its host and path.
 */
export function hidePersonal(text: string, { home, userName }: Person): string {
  let hidden = text
    .replaceAll(/\b([a-z][a-z+.-]*:\/\/)[^\s/@]+@/gi, '$1')
    .replaceAll(/(\bhttps?:[^\s?]*)\?\S+/gi, '$1');
  // Windows paths also as JSON escapes them, and with slashes; a drive's letter in either case.
  const spellings = [home, home.replaceAll('\\', '\\\\'), home.replaceAll('\\', '/')];
  for (const spelling of new Set(spellings.filter((each) => each.length > 1))) {
    hidden = hidden.replaceAll(new RegExp(`${escaped(spelling)}(?![\\w.-])`, 'gi'), '~');
  }
  if (userName === '') return hidden;
  return hidden.replaceAll(new RegExp(`([\\\\/])${escaped(userName)}(?=[\\\\/])`, 'gi'), '$1<user>');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
