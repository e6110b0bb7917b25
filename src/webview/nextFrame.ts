/** Of the time, the share that drawing may take: keys and the scroll bar need the rest. */
const BUSY_SHARE = 1 / 3;
const LONGEST_WAIT_MS = 500;

/**
 * Runs what it is given in the next frame; in a later one where the last drawing took long, so that the page still
 * answers while something large streams in.
 */
export function nextFrame(): (draw: () => void) => void {
  let notBeforeMs = 0;
  const drawAt = (draw: () => void): void => {
    requestAnimationFrame((nowMs) => {
      if (nowMs < notBeforeMs) return drawAt(draw);
      const startedMs = performance.now();
      draw();
      // Layout and paint follow the frame's callbacks, and this message follows them.
      afterPaint(() => {
        const endedMs = performance.now();
        const tookMs = endedMs - startedMs;
        const waitMs = tookMs < FRAME_MS ? 0 : tookMs * (1 / BUSY_SHARE - 1);
        notBeforeMs = endedMs + Math.min(LONGEST_WAIT_MS, waitMs);
      });
    });
  };
  return drawAt;
}

const FRAME_MS = 16;

function afterPaint(call: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    call();
  };
  port2.postMessage(undefined);
}
