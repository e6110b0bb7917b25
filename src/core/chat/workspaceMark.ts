/** What a question says to be answered from the whole workspace. */
export const WORKSPACE_MARK = '@workspace';

const MARK = /(?:^|\s)@workspace(?=$|[\s.,:;!?])/g;

export function hasWorkspaceMark(text: string): boolean {
  return text.search(MARK) >= 0;
}

export function withoutWorkspaceMark(text: string): string {
  return text.replace(MARK, '').trim();
}
