import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Block, Blocks } from '../markdown/blocks.ts';
import { LIMITS } from '../markdown/limits.ts';
import { CodeBlock } from './codeBlock.tsx';
import { Markdown } from './markdown.tsx';
import { memo } from './memo.ts';
import { PlainText } from './plainText.tsx';

interface Props {
  readonly blocks: Blocks;
  /** Id of the message. */
  readonly message: string;
}

/** The text of a message: what is finished is drawn once, what is open as often as it grows. */
export function MessageText({ blocks, message }: Props): JSX.Element {
  const { finished, open, droppedChars } = blocks;
  return (
    <div class="message-text">
      <Finished blocks={finished} message={message} />
      {open && <OneBlock key={finished.length} block={open} message={message} isOpen />}
      {droppedChars > 0 && (
        <p class="limit-note">
          {`The rest, ${droppedChars.toLocaleString('en')} characters, is not shown. Copy and Export have all of it.`}
        </p>
      )}
    </div>
  );
}

const Finished = memo(
  ({ blocks, message }: { readonly blocks: readonly Block[]; readonly message: string }): JSX.Element => (
    <>
      {blocks.slice(0, useGradual(blocks.length)).map((block, index) => (
        <FinishedBlock key={index} block={block} message={message} first={isFirstPlain(blocks, index)} />
      ))}
    </>
  ),
);

/** How many of so many to draw in this frame. */
function useGradual(count: number): number {
  const [drawn, setDrawn] = useState(0);
  const now = Math.min(count, drawn + LIMITS.blocksPerFrame);
  useEffect(() => setDrawn(now), [now]);
  return now;
}

const FinishedBlock = memo(
  (props: { readonly block: Block; readonly message: string; readonly first: boolean }): JSX.Element => (
    <OneBlock block={props.block} message={props.message} isOpen={false} note={props.first} />
  ),
);

interface OneBlockProps {
  readonly block: Block;
  readonly message: string;
  readonly isOpen: boolean;
  readonly note?: boolean;
}

function OneBlock({ block, message, isOpen, note = false }: OneBlockProps): JSX.Element {
  switch (block.kind) {
    case 'markdown':
      return <Markdown text={block.text} message={message} />;
    case 'code':
      return (
        <CodeBlock
          text={block.text.replace(/\n$/, '')}
          language={block.language}
          message={message}
          open={isOpen}
        />
      );
    case 'plain':
      return <PlainText text={block.text} note={note} />;
  }
}

/** One note for a row of plain pieces. */
function isFirstPlain(blocks: readonly Block[], index: number): boolean {
  return blocks[index]?.kind === 'plain' && blocks[index - 1]?.kind !== 'plain';
}
