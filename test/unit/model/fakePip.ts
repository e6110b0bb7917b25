/** Stands for pip: `fakePip.ts WHEEL download ... --dest=DIR ...` copies WHEEL; with no WHEEL it fails like pip. */
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [, , wheel = '', ...parameters] = process.argv;
if (!parameters.includes('--version')) {
  const destination = parameters.find((text) => text.startsWith('--dest='))?.slice('--dest='.length);
  if (wheel === 'none' || destination === undefined) {
    process.stderr.write('WARNING: Retrying\nERROR: No matching distribution found for tiny-model==1\n');
    process.exit(1);
  }
  copyFileSync(wheel, join(destination, basename(wheel)));
}
