import type { Program } from './program.ts';

/** What may be imported: the list of the HumanEval-X authors (CodeGeeX, codegeex/benchmark/utils.py), and what TestMain needs. */
const PACKAGES = [
  ...['bytes', 'crypto/md5', 'fmt', 'math', 'math/rand', 'os', 'regexp'],
  ...['sort', 'strconv', 'strings', 'testing', 'time', 'unicode'],
];

const IMPORTS = /^import\s*(\([^)]*\)|"[^"]*")[ \t]*$/gm;

/**
 * One file of a package, imports first. Go refuses an import that is not used, and one that is there twice, so those of
 * sample and tests are left out, and what is used is imported.
 */
export function goSource({ sample, tests }: Omit<Program, 'language'>, mark: string): string {
  const body = `${withoutHead(sample)}\n${withoutHead(tests)}\n${testMain(mark)}`;
  // A comment may end a sentence with the name of a package.
  const code = body.replace(/\/\/.*$/gm, '');
  const used = PACKAGES.filter((path) =>
    new RegExp(`\\b${path.slice(path.lastIndexOf('/') + 1)}\\.`).test(code),
  );
  const imports = [...used, 'deepwell/assert'].map((path) => `import "${path}"\n`);
  return `package main\n\n${imports.join('')}\n${body}`;
}

function withoutHead(source: string): string {
  return source.replace(/^package \w+[ \t]*$/m, '').replace(IMPORTS, '');
}

/** Ends the process itself: `os.Exit` before it, in a sample, prints no mark. */
function testMain(mark: string): string {
  return `
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 {
		fmt.Println("\\n${mark}")
	}
	os.Exit(code)
}
`;
}
