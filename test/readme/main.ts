import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../support/paths.ts';
import { readmeWithTables } from './tables.ts';

await writeFile(join(PROJECT, 'README.md'), (await readmeWithTables()).wanted);
