/** The elements an answer may consist of. Anything else loses its tag and keeps its text. */
export const ALLOWED_TAGS: readonly string[] = [
  ...['p', 'br', 'hr', 'em', 'strong', 's', 'code', 'pre', 'blockquote'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'a'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

/** No `style`, no `id` and no `name`, which could stand in for the page's own objects. */
export const ALLOWED_ATTRIBUTES: readonly string[] = ['href', 'class', 'start'];
