import type { View } from '../../src/core/completion/view.ts';

/** The view of a whole document held as a string, cursor at `offset`. */
export function viewOfText(text: string, offset: number, file: { path: string; languageId?: string }): View {
  return {
    uri: `file:///${file.path}`,
    path: file.path,
    languageId: file.languageId ?? 'plaintext',
    offset,
    prefix: text.slice(0, offset),
    firstLine: 0,
    suffix: text.slice(offset),
  };
}

/** A view drawn as text with one `|` for the cursor. */
export function viewOfPicture(picture: string, file = { path: 'test.ts', languageId: 'typescript' }): View {
  const offset = picture.indexOf('|');
  if (offset < 0) throw new Error('The picture has no cursor.');
  return viewOfText(picture.slice(0, offset) + picture.slice(offset + 1), offset, file);
}
