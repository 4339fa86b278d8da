/** The camera's size in the other benchmarks, which is also what the engines are shown at most by default. */
export const WIDTH = 640;
export const HEIGHT = 480;
/** Three seconds: enough that the person moves, few enough for all to stay in memory, decoded. */
export const FRAMES = 90;

/**
 * Which frame comes as the `step`-th: forwards, backwards and forwards again, so that the person never jumps and the
 * engines keep following.
 */
export function frameAt(step: number): number {
  const period = 2 * (FRAMES - 1);
  const place = step % period;
  return place < FRAMES ? place : period - place;
}
