import type { ComponentChild, JSX } from 'preact';
import { linkTarget } from '../markdown/linkTarget.ts';
import { CodeBlock } from './codeBlock.tsx';
import { Link } from './link.tsx';

/**
 * Sanitised elements as nodes of the page, built anew one by one: what has no line here does not get in, whatever the
 * sanitiser let through.
 */
export function nodesOf(parent: Node, message: string): ComponentChild[] {
  return Array.from(parent.childNodes, (child) => nodeOf(child, message));
}

function nodeOf(node: Node, message: string): ComponentChild {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? node.textContent : null;
  const inside = (): ComponentChild[] => nodesOf(node, message);
  const tag = node.localName;
  switch (tag) {
    case 'p':
    case 'em':
    case 'strong':
    case 's':
    case 'code':
    case 'blockquote':
    case 'ul':
    case 'li':
    case 'thead':
    case 'tbody':
    case 'tr': {
      const Tag = tag;
      return <Tag>{inside()}</Tag>;
    }
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      // The page's own headings are above; an answer's must not skip a level, and models do.
      return <h3 class={`heading-${tag}`}>{inside()}</h3>;
    case 'ol':
      return <ol start={Number(node.getAttribute('start') ?? 1)}>{inside()}</ol>;
    case 'a':
      return link(node, inside());
    case 'pre':
      return (
        <CodeBlock
          text={(node.textContent ?? '').replace(/\n$/, '')}
          language={languageOf(node)}
          message={message}
          open={false}
        />
      );
    case 'table':
      return (
        // Wide tables scroll, which the keyboard must be able to do as well.
        <div class="table" role="group" aria-label="Table" tabIndex={0}>
          <table>{inside()}</table>
        </div>
      );
    case 'th':
    case 'td':
      return cell(tag, node, inside());
    default:
      return inside();
  }
}

function link(node: Element, inside: ComponentChild[]): ComponentChild {
  const target = linkTarget(node.getAttribute('href') ?? '');
  return target === undefined ? inside : <Link target={target}>{inside}</Link>;
}

function cell(Tag: 'th' | 'td', node: Element, inside: ComponentChild[]): JSX.Element {
  const align = /^align-(?:left|center|right)$/.exec(node.className)?.[0];
  return <Tag class={align}>{inside}</Tag>;
}

function languageOf(pre: Element): string {
  return /(?:^|\s)language-(\S+)/.exec(pre.firstElementChild?.className ?? '')?.[1] ?? '';
}
