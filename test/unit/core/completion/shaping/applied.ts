import type { Filter, Filtered, ShapeContext } from '../../../../../src/core/completion/shaping/filter.ts';
import { languageOf } from '../../../../../src/core/languages/languageOf.ts';
import { viewOfPicture } from '../../../../support/viewOfText.ts';

/** A filter applied to a text at the `|` of a picture; to the complete text unless `context` says otherwise. */
export function applied(
  filter: Filter,
  picture: string,
  text: string,
  context: Partial<Pick<ShapeContext, 'complete' | 'options'>> = {},
  file = { path: 'test.ts', languageId: 'typescript' },
): Filtered {
  const view = viewOfPicture(picture, file);
  const options = { multiline: 'auto' } as const;
  return filter.apply(text, { view, language: languageOf(view), options, complete: true, ...context });
}
