import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** File contents by path, with forward slashes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with files, made for a test and removed after it. */
export class TemporaryFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async with(files: Files = {}): Promise<TemporaryFolder> {
    const folder = new TemporaryFolder(await realpath(await mkdtemp(join(tmpdir(), 'deepwell-'))));
    await folder.write(files);
    return folder;
  }

  async write(files: Files): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.path, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }

  async remove(path = ''): Promise<void> {
    await rm(join(this.path, path), { recursive: true, force: true });
  }
}
