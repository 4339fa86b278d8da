import type { MotionSignals } from '@pose-coach/core/analysis';
import { GRID_CHANNELS, GRID_JOINTS, GRID_RATE } from './motion-grid.ts';
import type { RhythmControls } from './rhythm-controls.ts';
import type { TakeMotion } from './take-motion.ts';
import { takeTempo } from './take-tempo.ts';

/** The tempo along a take, in plain JSON. */
export type TempoStretch = {
  /** ms of media time. */
  readonly from: number;
  readonly to: number;
  /** Beats per minute; null where there is no rhythm to be seen. */
  readonly bpm: number | null;
  /** In [0, 1]. */
  readonly confidence: number;
};

/** The rhythm of a whole take, as plain JSON: made by looking ahead as well as back (`takeTempo`), so better than live. */
export type RhythmSummary = {
  /** Beats per minute that most of the take keeps to; null when nothing in it is rhythmic. */
  readonly bpm: number | null;
  /** In [0, 1]. */
  readonly confidence: number;
  /** 0 to 100: the mean of what was said live, how evenly stops and turns kept to the beat; null without a beat. */
  readonly consistency: number | null;
  /** 0 to 100: share of the moving time in which the tempo is within 4 % of `bpm`; null without a tempo. */
  readonly steadiness: number | null;
  /** ms of one whole repetition of the movement, a step or a phrase; null when nothing repeats. */
  readonly cycle: number | null;
  /** Without gaps from the beginning to the end of the take. */
  readonly curve: readonly TempoStretch[];
  /** Where the tempo changes for good: when, in ms of media time, and the tempos before and after. */
  readonly changes: readonly { readonly at: number; readonly from: number; readonly to: number }[];
  /** ms of the take in which the person's movement was known. */
  readonly seen: number;
  /** False when the take was longer than the hour that is kept. */
  readonly isComplete: boolean;
};

/**
 * @param consistency mean over the take
 * @param controls a tempo that the person has set or tapped is the one that is looked for
 */
export function rhythmSummary(
  take: TakeMotion,
  consistency: number | null,
  controls: RhythmControls,
): RhythmSummary {
  const signals = takeSignals(take);
  const near = controls.tempo === undefined ? {} : { near: controls.tempo };
  const { consistency: steadiness, ...tempo } = takeTempo(signals, near);
  return { ...tempo, consistency, steadiness, seen: seenMilliseconds(signals), isComplete: take.isComplete };
}

function takeSignals(take: TakeMotion): MotionSignals {
  const velocity = Array.from({ length: GRID_CHANNELS }, (_, channel) => take.channel(channel));
  const speed = Array.from({ length: GRID_JOINTS + 1 }, (_, joint) => {
    const [x, y, z] = velocity.slice(joint * 3, joint * 3 + 3);
    return Float32Array.from({ length: take.length }, (_, row) =>
      Math.sqrt((x?.[row] ?? 0) ** 2 + (y?.[row] ?? 0) ** 2 + (z?.[row] ?? 0) ** 2),
    );
  });
  return { rate: GRID_RATE, start: Number.isNaN(take.start) ? 0 : take.start, velocity, speed };
}

function seenMilliseconds({ rate, speed }: MotionSignals): number {
  const rows = speed[0]?.length ?? 0;
  let seen = 0;
  for (let row = 0; row < rows; row += 1) {
    if (speed.some((values) => !Number.isNaN(values[row]))) seen += 1;
  }
  return (seen * 1000) / rate;
}
