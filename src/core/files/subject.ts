/** What a file is about by its name: a test is about what it tests. */
export interface Subject {
  /** In lower case, without extensions and without what marks a test. */
  readonly name: string;
  readonly isTest: boolean;
}

const TEST_MARKS = [
  /[._-](test|tests|spec|specs|e2e|bench)$/i,
  /^(test|spec)[._-]/i,
  // Only with a capital: `latest` is no test of `la`.
  /(Test|Tests|TestCase|Spec|IT)$/,
  /^Test(?=[A-Z])/,
];

/** @param path with forward slashes. */
export function subjectOf(path: string): Subject {
  const file = path.slice(path.lastIndexOf('/') + 1);
  let name = file.replace(/(\.d)?\.[^.]+$/, '');
  let isTest = false;
  for (const mark of TEST_MARKS) {
    const bare = name.replace(mark, '');
    if (bare === '' || bare === name) continue;
    name = bare;
    isTest = true;
  }
  return { name: name.toLowerCase(), isTest };
}

/** In lower case, without the dot; '' where there is none. */
export function extensionOf(path: string): string {
  return /[^/]\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** '' for a file at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
