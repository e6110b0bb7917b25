/** The part of the DOM this module needs; the program is compiled without the browser's types. */
declare const document: { querySelectorAll(selector: string): Iterable<PageElement> };
interface PageElement {
  readonly textContent: string;
  closest(selector: string): PageElement | null;
  getBoundingClientRect(): { readonly top: number; readonly left: number };
}

/**
 * The ghost text of the active editor as one string with its line breaks, or undefined when none is shown.
 * Runs inside the page, so it can use nothing from outside its own body.
 *
 * The rest of the cursor's line, which a multi-line suggestion pushes behind its last line, is not part of it.
 */
export function readGhostText(): string | undefined {
  const editor = '.editor-group-container.active .monaco-editor';
  const inline = [...document.querySelectorAll(`${editor} .view-lines .ghost-text-decoration, ${editor} .view-lines .ghost-text-decoration-preview, ${editor} .view-lines .ghost-text`)];
  const own = inline.filter((span) => span.closest('.suggest-preview-text') === null);
  const outermost = own.filter((span) => !own.some((other) => other !== span && span.closest('*') !== null && other === span));
  const below = [...document.querySelectorAll(`${editor} .suggest-preview-text .view-line`)];
  if (outermost.length === 0 && below.length === 0) return undefined;
  const inReadingOrder = (elements: PageElement[]) =>
    elements
      .map((element) => ({ element, at: element.getBoundingClientRect() }))
      .sort((a, b) => a.at.top - b.at.top || a.at.left - b.at.left)
      .map(({ element }) => element.textContent);
  const text = [inReadingOrder(outermost).join(''), ...inReadingOrder(below)].join('\n');
  return text.replaceAll('\u00a0', ' ');
}
