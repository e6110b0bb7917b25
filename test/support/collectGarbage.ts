import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';

/** Where Node listens for debuggers unless told otherwise. */
const INSPECTOR = 'http://127.0.0.1:9229/json/list';
const OPEN_MS = 5_000;
/** V8 gives pages back from a thread of its own. */
const UNMAPPED_MS = 1_000;

const targets = v.tupleWithRest([v.object({ webSocketDebuggerUrl: v.string() })], v.unknown());

/**
 * Has another Node process on this machine collect its garbage, by the inspector that SIGUSR1 opens. Its memory is then what it
 * needs, not what V8 has not come round to yet. Not on Windows, and for one process at a time: all of them have the same port.
 */
export async function collectGarbage(pid: number): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await inspectorOf());
  try {
    await once(socket, 'open');
    const reply = once(socket, 'message');
    socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
    await reply;
  } finally {
    socket.close();
  }
  await sleep(UNMAPPED_MS);
}

async function inspectorOf(): Promise<string> {
  const deadlineMs = performance.now() + OPEN_MS;
  for (;;) {
    try {
      const response = await fetch(INSPECTOR);
      return v.parse(targets, await response.json())[0].webSocketDebuggerUrl;
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await sleep(50);
    }
  }
}

function once(socket: WebSocket, event: 'open' | 'message'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener(event, () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('The inspector does not answer.')), {
      once: true,
    });
  });
}
