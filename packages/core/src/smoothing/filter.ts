import type { PoseFrame } from '../pose/index.ts';

/**
 * A step in the pose stream that remembers: given a frame, it returns the filtered one (a new object; the input
 * is never changed). People in it already have lasting ids. The owner calls `reset` when the epoch changes.
 */
export interface Filter {
  step(frame: PoseFrame): PoseFrame;
  reset(): void;
}

/** Makes filters: `oneEuro()` and `ema()` return one of these, so that every subscription has its own memory. */
export interface FilterFactory {
  create(): Filter;
}
