/**
 * The lines of the active editor that are painted, without ghost text: enough for small documents. Of larger ones
 * VS Code paints only what is in view, folded regions never. Runs inside the page, so it can use nothing from
 * outside its own body.
 */
export function readEditorText(): string {
  const ghost = '.ghost-text, .ghost-text-decoration, .ghost-text-decoration-preview';
  const lines = [...document.querySelectorAll('.editor-group-container.active .view-lines > .view-line')];
  return lines
    .map((line) => ({ top: line.getBoundingClientRect().top, copy: line.cloneNode(true) }))
    .sort((a, b) => a.top - b.top)
    .map(({ copy }) => {
      for (const span of copy.querySelectorAll(ghost)) span.remove();
      return copy.textContent.replaceAll('\u00a0', ' ').replaceAll('\u200c', '');
    })
    .join('\n');
}

/** The part of the DOM used above; the program is compiled without the browser's types. */
interface PageElement {
  readonly textContent: string;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getBoundingClientRect(): { readonly top: number };
  cloneNode(deep: boolean): PageElement;
  remove(): void;
}
declare const document: Pick<PageElement, 'querySelectorAll'>;
