import type { Language } from './language.ts';

export function languageOf({ languageId }: { languageId: string; path: string }): Language {
  return {
    name: languageId,
    lineComments: languageId === 'python' || languageId === 'ruby' ? ['#'] : ['//'],
    blockComments: languageId === 'python' ? [] : [['/*', '*/']],
    blocks: languageId === 'python' ? 'indentation' : 'braces',
    quotes: languageId === 'rust' ? '"' : `"'\``,
    prose: ['markdown', 'plaintext'].includes(languageId),
  };
}
