import { readdir, readFile } from 'node:fs/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly residentBytes: number;
}

const PAGE_BYTES = 4096;

/** A process and all that descend from it. Linux. In a PID namespace nothing escapes this: orphans go to its first process. */
export async function processTree(root: number): Promise<Process[]> {
  const all = (await Promise.all((await readdir('/proc')).filter(isPid).map(readProcess))).flat();
  const tree = all.filter(({ pid }) => pid === root);
  for (const each of tree) tree.push(...all.filter(({ parent }) => parent === each.pid));
  return tree;
}

/** Kills the group that `root` leads, and whatever of its tree has left the group. */
export async function killTree(root: number): Promise<void> {
  const tree = await processTree(root);
  for (const pid of [-root, ...tree.map(({ pid }) => pid)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function isPid(name: string): boolean {
  return /^\d+$/.test(name);
}

/** See proc(5), stat. The name in brackets may hold anything, brackets too. */
async function readProcess(pid: string): Promise<Process[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (stat === '') return [];
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [{ pid: Number(pid), parent: Number(fields[1]), residentBytes: PAGE_BYTES * Number(fields[21]) }];
}
