import { createServer } from 'node:net';

/** A loopback port that was free a moment ago; the server cannot report one it picked itself in a stable form. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(0, '127.0.0.1', () => {
        const address = probe.address();
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('A listening TCP server has an address.'));
      });
    });
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}
