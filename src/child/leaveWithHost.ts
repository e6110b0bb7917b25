/** Disposal may hang: after this the process kills itself. */
const EXIT_DEADLINE_MS = 1_000;

/** A process without its host has no reason to live: `leave` is tried when the channel is gone, leaving is certain. */
export function leaveWithHost(leave: () => void): void {
  // A terminal's Ctrl+C reaches the whole group: the host decides when its processes end.
  process.on('SIGINT', () => undefined);
  const leaveForCertain = (): void => {
    // Not `process.exit`, which waits for native threads that still compute.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_DEADLINE_MS);
    leave();
  };
  process.on('disconnect', leaveForCertain);
  // The host may have died while the imports were loading.
  if (!process.connected) leaveForCertain();
}
