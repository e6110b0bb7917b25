import type { Limits } from './limits.ts';

/**
 * Runs as root of new namespaces, its arguments being: the folder to build the root in, the folder with the job's
 * files, options of setpriv that give up what is left of root, options of prlimit, folders to show, `--`, and a shell
 * script.
 *
 * What a job sees of the machine is built up from nothing and not cut down from all of it: a forgotten folder is then
 * one that is missing. Everything but /job and /tmp is read-only, and these two are gone with the last process.
 */
const SCRIPT = `
set -e
root=$1 job=$2 size=$3 drop=$4 limits=$5
shift 5
mount --make-rprivate /
mount -t tmpfs -o "size=$size,mode=755,nosuid" sandbox "$root"
show() {
  [ -e "$1" ] || return 0
  [ ! -e "$root$1" ] || return 0
  mkdir -p "$root$(dirname "$1")"
  if [ -L "$1" ]; then ln -s "$(readlink "$1")" "$root$1"; return; fi
  if [ -d "$1" ]; then mkdir "$root$1"; else touch "$root$1"; fi
  mount --bind "$1" "$root$1"
  mount -o remount,bind,ro,nosuid "$root$1"
}
for folder in /usr /bin /lib /lib64 /etc/alternatives; do show "$folder"; done
while [ "$1" != -- ]; do show "$1"; shift; done
# One that is shown may lie in /tmp.
mkdir -p "$root/proc" "$root/dev" "$root/tmp"
mount -t proc proc "$root/proc"
for device in null zero urandom random; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
cp -r "$job" "$root/job"
chmod -R a+rwX "$root/job"
chmod a+rwx "$root/tmp"
exec chroot "$root" setpriv $drop --bounding-set=-all --inh-caps=-all --no-new-privs \\
  prlimit $limits sh -c "$2"
`;

/** The user of a job where root starts it: root's processes are not counted, so no limit would hold a fork bomb. */
const NOBODY = 64_999;

export interface Entrance {
  /** An empty folder to build the root in. */
  readonly root: string;
  /** What lies in /job. */
  readonly job: string;
  /** Folders of the machine that the job may read, beside the system's own. */
  readonly shown: readonly string[];
  readonly limits: Limits;
  /** Run by sh in the new root. */
  readonly script: string;
}

/**
 * The command that runs a script in namespaces of its own: no network, no other process, its own root. util-linux is all
 * it needs. When the first process in there ends, the kernel kills every other one.
 *
 * @param isRoot whether the caller is; others become root of a user namespace, which gives them no right outside.
 */
export function enter({ root, job, shown, limits, script }: Entrance, isRoot: boolean): string[] {
  return [
    'unshare',
    ...(isRoot ? [] : ['--user', '--map-root-user']),
    ...['--mount', '--pid', '--fork', '--net', '--ipc', '--uts', '--'],
    ...['sh', '-c', SCRIPT, 'sh', root, job, String(limits.diskBytes)],
    isRoot ? `--reuid=${NOBODY} --regid=${NOBODY} --clear-groups` : '',
    [
      `--cpu=${limits.cpuSeconds}`,
      `--data=${limits.dataBytes}`,
      `--fsize=${limits.fileBytes}`,
      `--nproc=${limits.processes}`,
      `--nofile=${limits.openFiles}`,
      '--core=0',
    ].join(' '),
    ...shown,
    '--',
    script,
  ];
}
