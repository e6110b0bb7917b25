import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { drawable } from '../markdown/drawable.ts';
import { nodesOf } from './nodesOf.tsx';
import { PlainText } from './plainText.tsx';

interface Props {
  readonly text: string;
  /** Id of the message, for what its code blocks send. */
  readonly message: string;
}

/** Markdown, or its bare text with a note where it would be too much to draw. */
export function Markdown({ text, message }: Props): JSX.Element {
  const drawn = useMemo(() => drawable(text), [text]);
  if (drawn === undefined) return <PlainText text={text} note />;
  return <div class="markdown">{nodesOf(drawn, message)}</div>;
}
