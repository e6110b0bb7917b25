import { readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Rewrites `bundle:line:column` in stack traces to where the source is. Done out here because the extension host
 * has loaded the bundle before anything of ours could ask Node there to follow source maps.
 */
export async function sourcePositions(bundle: string): Promise<(stack: string) => string> {
  // The bundler of this same run wrote it.
  const map = new SourceMap(JSON.parse(await readFile(`${bundle}.map`, 'utf8')) as SourceMapPayload);
  const url = pathToFileURL(bundle).href;
  return (stack) =>
    stack.replaceAll(/(\S*?):(\d+):(\d+)/g, (whole, file: string, line: string, column: string) => {
      if (!file.endsWith(url) && !file.endsWith(bundle)) return whole;
      const found = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!('originalSource' in found)) return whole;
      const source = resolve(dirname(bundle), found.originalSource);
      const bracket = file.startsWith('(') ? '(' : '';
      return `${bracket}${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
    });
}
