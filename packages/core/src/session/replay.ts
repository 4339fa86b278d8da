import { nextEpoch } from '../capture/index.ts';
import type { PoseFrame } from '../pose/index.ts';

/**
 * Milliseconds at most between the frames before and behind a discontinuity: a viewer sees that something was
 * left out, and does not wait for it.
 */
const LONGEST_BREAK = 1000;

/** Milliseconds between frames where a recording is too short to tell: 30 per second, as cameras do. */
const USUAL_INTERVAL = 1000 / 30;

/** A frame and when it is due. */
export interface ReplayedFrame {
  readonly frame: PoseFrame;
  /** Milliseconds after the frame before it. */
  readonly gap: number;
}

/**
 * The frames of a recording in the order of their playing, once or for ever. Each stretch gets an epoch that
 * nothing else in this page has, and sequence numbers go on from pass to pass with the recording's own gaps.
 */
export function* replay(frames: readonly PoseFrame[], loop: boolean): Generator<ReplayedFrame, void> {
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined) return;
  const interval = usualInterval(frames);
  let sequenceOffset = 0;
  let gap = 0;
  do {
    let before: PoseFrame | undefined;
    let epoch = 0;
    for (const frame of frames) {
      if (before === undefined || before.epoch !== frame.epoch) epoch = nextEpoch();
      if (before !== undefined) gap = gapBetween(before, frame);
      yield { frame: { ...frame, epoch, sequence: frame.sequence + sequenceOffset }, gap };
      before = frame;
    }
    sequenceOffset += last.sequence - first.sequence + 1;
    gap = interval;
  } while (loop);
}

function gapBetween(before: PoseFrame, frame: PoseFrame): number {
  if (before.epoch === frame.epoch) return Math.max(0, frame.timestamp - before.timestamp);
  // Media time starts anew there; only the wall's time goes on.
  const elapsed = frame.timings.capturedAt - before.timings.capturedAt;
  return Math.min(Math.max(0, elapsed), LONGEST_BREAK);
}

/** The median interval between neighbours: how long the last frame stands before the first comes again. */
function usualInterval(frames: readonly PoseFrame[]): number {
  const intervals: number[] = [];
  frames.forEach((frame, index) => {
    const before = frames[index - 1];
    if (before !== undefined && before.epoch === frame.epoch) {
      intervals.push(frame.timestamp - before.timestamp);
    }
  });
  const median = intervals.sort((a, b) => a - b)[Math.floor(intervals.length / 2)] ?? USUAL_INTERVAL;
  return median > 0 ? median : USUAL_INTERVAL;
}
