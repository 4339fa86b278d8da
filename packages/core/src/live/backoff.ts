/** Milliseconds before the first attempt to come back: a server that is restarted is there again in about this time. */
const FIRST_DELAY = 250;

/** Longest wait in milliseconds: an overlay that was forgotten should come back before anybody looks for the fault. */
const LONGEST_DELAY = 8000;

/** Beyond this many doublings the delay is at its longest anyway, and the power would only grow. */
const MAXIMUM_DOUBLINGS = 16;

/**
 * How long to wait before connecting again: doubled with every failure in a row, and spread over its upper half,
 * so that a room full of overlays does not come back in the same instant.
 *
 * @param failures failures in a row before this one: 0, 1, 2 …
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function backoffDelay(failures: number, random: number): number {
  const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(failures, MAXIMUM_DOUBLINGS));
  return delay * (0.5 + random / 2);
}
