/** Where a line comment does not begin with `//`: the sign before it, and what ends it where a line end does not. */
const SIGNS: readonly (readonly [extensions: string, before: string, after?: string])[] = [
  [
    'py rb sh bash zsh fish yaml yml toml r pl pm ps1 psm1 mk cmake tf hcl jl nim cr ex exs conf dockerfile makefile',
    '#',
  ],
  ['sql lua hs elm adb ads vhd', '--'],
  ['tex erl hrl m', '%'],
  ['lisp clj cljs cljc edn el scm rkt asm s ini', ';'],
  ['html htm xml svg md vue svelte astro', '<!--', '-->'],
  ['css', '/*', '*/'],
  ['vb bas', "'"],
  ['vim', '"'],
];

const BY_EXTENSION = new Map(
  SIGNS.flatMap(([extensions, ...signs]) => extensions.split(' ').map((each) => [each, signs] as const)),
);

/** A line of the file's own kind that says nothing but its path. Without a line end. */
export function commentLine(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const [before, after] = BY_EXTENSION.get(name.slice(name.lastIndexOf('.') + 1)) ?? ['//'];
  return `${before} ${path}${after === undefined ? '' : ` ${after}`}`;
}
