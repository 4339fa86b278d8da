import { map, type Observable } from 'rxjs';
import type { PoseFrame } from './pose/index.ts';

/** Longest step in ms of media time within one epoch: DESIGN's half a second. */
const LONGEST_GAP = 500;

/**
 * Makes one strictly counted stream of several sources' frames: sequence goes up by one, and a new epoch begins
 * with another run, with another epoch of the same source, and where time stands, goes back or jumps.
 * @param run what the frame that is passing belongs to
 */
export function renumber(run: () => object): (frames: Observable<PoseFrame>) => Observable<PoseFrame> {
  let sequence = -1;
  let epoch = 0;
  let last: { readonly run: object; readonly epoch: number; readonly timestamp: number } | undefined;
  return map((frame) => {
    const current = { run: run(), epoch: frame.epoch, timestamp: frame.timestamp };
    if (last) {
      const elapsed = current.timestamp - last.timestamp;
      const continues = last.run === current.run && last.epoch === current.epoch;
      if (!(continues && elapsed > 0 && elapsed <= LONGEST_GAP)) epoch += 1;
    }
    last = current;
    sequence += 1;
    return { ...frame, sequence, epoch };
  });
}
