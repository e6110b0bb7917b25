/**
 * Whether a file of a package goes into the VSIX: what Node loads, and licences. Left out are types, source maps,
 * documents, tests, and of node-llama-cpp what builds llama.cpp from source (35 MB) or makes new projects.
 *
 * @param path inside the package, with `/`.
 */
export function isShipped(packageName: string, path: string): boolean {
  if (/^(licen[cs]e|notice)[^/]*$/i.test(path)) return true;
  if (/(^|\/)\./.test(path)) return false;
  if (/\.(map|[cm]?tsx?|flow|tsbuildinfo|md|markdown|txt|lock)$/i.test(path)) return false;
  if (/^(tests?|__tests__|docs?|examples?)\//.test(path)) return false;
  return packageName !== 'node-llama-cpp' || !onlyForBuilding.test(path);
}

/** Of `llama/` the runtime reads the release it was built for, and the grammars. */
const onlyForBuilding =
  /^(bins|templates)\/|^llama\/(?!grammars\/|binariesGithubRelease\.json$|llama\.cpp\.info\.json$)/;
