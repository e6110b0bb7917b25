import type { JSX } from 'preact';

/** Drawn here, because the page may load neither fonts nor pictures. */
const PATHS = {
  add: 'M8 3v10M3 8h10',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  remove: 'M4 4l8 8M12 4l-8 8',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4',
  export: 'M8 10V2.5M5 5.5l3-3 3 3M3 9.5v4h10v-4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  insert: 'M6 2.5h4M6 13.5h4M8 2.5v11M2.5 8H5M3.5 6.5L5 8l-1.5 1.5',
  apply: 'M3 8.5l3.5 3.5L13 4.5',
  newFile: 'M9 2.5H4v11h8v-8zM9 2.5v3h3M8 7.5v4M6 9.5h4',
  edit: 'M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z',
  again: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  send: 'M2.5 8h10M8.5 4l4 4-4 4',
  stop: 'M4.5 4.5h7v7h-7z',
  down: 'M8 3v10M4 9l4 4 4-4',
  info: 'M8 7v4.5M8 4.5v.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  file: 'M9 2.5H4v11h8v-8zM9 2.5v3h3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
