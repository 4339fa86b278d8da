/**
 * Time for the edges that must know it (capture, rendering, heartbeat, backoff). Algorithms never take one:
 * their time is the frame's.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, with fractions, never going back within a page's life. */
  now(): number;
  /** Calls back once after `milliseconds`; the returned function cancels. */
  delay(milliseconds: number, callback: () => void): () => void;
  /** Calls back once before the next repaint (about 16.7 ms later where nothing is painted); the returned function cancels. */
  nextFrame(callback: () => void): () => void;
}

/** A display refresh at 60 Hz in milliseconds: what `nextFrame` waits where there is no display. */
const FRAME_PERIOD = 1000 / 60;

/** The platform's clock: `performance` time on the Unix epoch, timers, and animation frames where there are any. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  delay: (milliseconds, callback) => {
    const handle = setTimeout(callback, milliseconds);
    return () => clearTimeout(handle);
  },
  nextFrame: (callback) => {
    if (typeof requestAnimationFrame === 'function') {
      const handle = requestAnimationFrame(() => callback());
      return () => cancelAnimationFrame(handle);
    }
    const handle = setTimeout(callback, FRAME_PERIOD);
    return () => clearTimeout(handle);
  },
};
