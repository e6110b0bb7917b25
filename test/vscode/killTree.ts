import { execFileSync, type ChildProcess } from 'node:child_process';

/**
 * Kills a child with everything it started, and waits until the child itself is gone. On POSIX the child must
 * have been spawned `detached`, so that it leads a process group.
 */
export async function killTree(child: ChildProcess): Promise<void> {
  const gone = child.exitCode !== null || child.signalCode !== null;
  const exit = gone ? undefined : new Promise((resolve) => child.once('exit', resolve));
  killTreeNow(child);
  await exit;
}

/**
 * Kills the child's tree when this process ends, also by Ctrl-C: a detached group would outlive us.
 *
 * @returns a function that calls it off.
 */
export function killTreeAtExit(child: ChildProcess): () => void {
  const atExit = () => killTreeNow(child);
  const atSignal = (signal: NodeJS.Signals) => {
    atExit();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('exit', atExit);
  for (const signal of endSignals) process.once(signal, atSignal);
  return () => {
    process.off('exit', atExit);
    for (const signal of endSignals) process.off(signal, atSignal);
  };
}

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function killTreeNow(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32')
      execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group is gone already.
  }
}
