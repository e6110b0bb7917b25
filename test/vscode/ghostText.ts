/**
 * The ghost text of the active editor as one string with its line breaks, or undefined when none is shown.
 * Runs inside the page, so it can use nothing from outside its own body.
 *
 * VS Code draws the first line as one span per token among the editor's own, and further lines in a zone of
 * their own. The rest of the cursor's line, pushed behind the last of these, is not ghost text and is left out.
 */
export function readGhostText(): string | undefined {
  const editor = '.editor-group-container.active .monaco-editor';
  const inline = [
    ...document.querySelectorAll(
      `${editor} .view-lines :is(.ghost-text, .ghost-text-decoration, .ghost-text-decoration-preview)`,
    ),
  ];
  const below = [...document.querySelectorAll(`${editor} .suggest-preview-text .view-line`)];
  if (inline.length === 0 && below.length === 0) return undefined;
  const place = (element: PageElement) => element.getBoundingClientRect();
  const inReadingOrder = (elements: PageElement[]) =>
    elements.sort((a, b) => place(a).top - place(b).top || place(a).left - place(b).left);
  const joined = (spans: Iterable<PageElement>) => [...spans].map((span) => span.textContent).join('');
  const lines = [
    joined(inReadingOrder(inline)),
    ...inReadingOrder(below).map((line) => joined(line.querySelectorAll('.ghost-text'))),
  ];
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

/** The part of the DOM used above; the program is compiled without the browser's types. */
interface PageElement {
  readonly textContent: string;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getBoundingClientRect(): { readonly top: number; readonly left: number };
}
declare const document: Pick<PageElement, 'querySelectorAll'>;
