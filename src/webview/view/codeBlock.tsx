import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { highlighted } from '../markdown/highlight.ts';
import { LIMITS } from '../markdown/limits.ts';
import { lineChunks } from '../markdown/lineChunks.ts';
import { purifiedCode } from '../markdown/purify.ts';
import type { CodeAction } from '../messages.ts';
import { useHost } from './hostContext.ts';
import type { IconName } from './icon.tsx';
import { IconButton } from './iconButton.tsx';
import { memo } from './memo.ts';

interface Props {
  readonly text: string;
  readonly language: string;
  /** Id of the message it is part of. */
  readonly message: string;
  /** More of it is coming: it is not coloured yet, and nothing can be done with it. */
  readonly open: boolean;
}

const ACTIONS: readonly { action: CodeAction; icon: IconName; label: string }[] = [
  { action: 'copy', icon: 'copy', label: 'Copy code' },
  { action: 'insert', icon: 'insert', label: 'Insert at cursor' },
  { action: 'apply', icon: 'apply', label: 'Apply to file' },
  { action: 'newFile', icon: 'newFile', label: 'New file with this code' },
];

export const CodeBlock = memo(({ text, language, message, open }: Props): JSX.Element => {
  const host = useHost();
  const name = language.slice(0, 40);
  return (
    <figure class="code-block" aria-label={name === '' ? 'Code' : `Code, ${name}`}>
      <figcaption class="code-head">
        <span class="code-language">{name === '' ? 'text' : name}</span>
        {!open && (
          <span class="code-actions">
            {ACTIONS.map(({ action, icon, label }) => (
              <IconButton
                key={action}
                icon={icon}
                label={label}
                onClick={() => host.post({ type: 'code', action, message, language: name, text })}
              />
            ))}
          </span>
        )}
      </figcaption>
      <pre tabIndex={0} role="group" aria-label="Code text">
        {open || text.length > LIMITS.highlightedChars ? (
          <PlainCode text={text} />
        ) : (
          <ColouredCode text={text} language={language} />
        )}
      </pre>
    </figure>
  );
});

/** In pieces, so that a line more costs the layout of the last piece only. */
function PlainCode({ text }: { readonly text: string }): JSX.Element {
  return (
    <code>
      {lineChunks(text, LIMITS.codeChunkLines).map((chunk, index) => (
        <CodeChunk key={index} text={chunk} />
      ))}
    </code>
  );
}

const CodeChunk = memo(({ text }: { readonly text: string }): JSX.Element => (
  <span class="code-chunk">{text}</span>
));

/** Its content is not Preact's: the coloured spans come from the highlighter. */
function ColouredCode({ text, language }: { readonly text: string; readonly language: string }): JSX.Element {
  const code = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const html = highlighted(text, language);
    code.current?.replaceChildren(html === undefined ? text : purifiedCode(html));
  }, [text, language]);
  return <code ref={code} />;
}
