import type { Language } from '../languages/language.ts';

/** What documentation is called where people write it, by the names of `Language`. */
const FORMS: Readonly<Record<string, string>> = {
  TypeScript: 'TSDoc comments (without types)',
  TSX: 'TSDoc comments (without types)',
  JavaScript: 'JSDoc comments',
  JSX: 'JSDoc comments',
  Python: 'docstrings (PEP 257)',
  Java: 'Javadoc comments',
  Kotlin: 'KDoc comments',
  Scala: 'Scaladoc comments',
  'C#': 'XML documentation comments (///)',
  Go: 'Go doc comments, each a sentence that begins with the name',
  Rust: 'doc comments (///)',
  C: 'Doxygen comments',
  'C++': 'Doxygen comments',
  PHP: 'PHPDoc comments',
  Ruby: 'YARD comments',
  Swift: 'documentation comments (///)',
  Dart: 'documentation comments (///)',
  Elixir: '@doc attributes',
  Haskell: 'Haddock comments',
  Julia: 'docstrings',
  R: 'roxygen2 comments',
  PowerShell: 'comment-based help',
};

export function documentInstruction({ name }: Language): string {
  const form = FORMS[name] ?? 'comments';
  return (
    `Write documentation as ${form} for what is defined here. Say what it is for, what it takes and gives, and how it ` +
    'fails; leave out what the names say already. Do not change the code itself.'
  );
}
