/**
 * How far a value has come on its way after some time, in parts of the way: the same after many short steps as after
 * one long one, so that nothing depends on the frame rate.
 * @param elapsed in ms
 * @param time ms in which 63 % of the way are gone
 */
export function approach(elapsed: number, time: number): number {
  return elapsed > 0 ? 1 - Math.exp(-elapsed / time) : 0;
}
