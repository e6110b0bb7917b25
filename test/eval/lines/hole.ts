import * as v from 'valibot';
import type { View } from '../../../src/core/completion/view.ts';
import { viewOfText } from '../../support/viewOfText.ts';

export const LANGUAGES = ['typescript', 'javascript', 'python'] as const;
export const KINDS = ['line', 'span', 'end'] as const;

/** A string without a CR: line ends are LF, as in a {@link View}. */
const Text = v.pipe(v.string(), v.excludes('\r', 'Line ends must be LF.'));

/** One piece of a line taken out of a file. Prefix, middle and suffix together are the whole file. */
export const Hole = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.nonEmpty()),
    language: v.picklist(LANGUAGES),
    /**
     * `line`: all of a line behind its indentation. `span`: a piece in the middle of a line. `end`: from somewhere in a
     * line to its end.
     */
    kind: v.picklist(KINDS),
    package: v.string(),
    /** Of the file in its package, with forward slashes. */
    path: v.pipe(v.string(), v.nonEmpty()),
    prefix: Text,
    middle: v.pipe(
      Text,
      v.excludes('\n', 'The hole must lie within one line.'),
      v.check((middle) => middle.trim() !== '', 'There must be something to predict.'),
    ),
    suffix: Text,
  }),
  v.check(
    ({ kind, prefix }) => kind !== 'line' || /(^|\n)[ \t]*$/.test(prefix),
    'Before a hole of kind "line" stands nothing but indentation.',
  ),
  v.check(
    ({ kind, suffix }) => kind === 'span' || suffix === '' || suffix.startsWith('\n'),
    'Only behind a hole of kind "span" the line goes on.',
  ),
);

export type Hole = v.InferOutput<typeof Hole>;

/** The file with the hole in it, cursor at the hole. */
export function viewOfHole({ language, path, prefix, suffix }: Hole): View {
  return viewOfText(prefix + suffix, prefix.length, { path, languageId: language });
}

/** What is the same for all holes of one file. */
export function fileOf(hole: Hole): string {
  return `${hole.package}\n${hole.path}`;
}
