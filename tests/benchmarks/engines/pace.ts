import type { PoseEstimator } from '@pose-coach/core';
import { frameAt } from './frames.ts';

/** An engine at work for a while. */
export interface Pace {
  readonly resultsPerSecond: number;
  /** Share of the results with somebody in them. */
  readonly found: number;
  /** Milliseconds per result and stage, in the median. */
  readonly stages: Readonly<Record<string, number>>;
}

/** Milliseconds before counting: after the other engine's round its memory has left the caches. */
const WARM_UP = 300;

/** Milliseconds of media time between two frames. */
const FRAME = 1000 / 30;

/**
 * Gives an estimator one frame after the other as fast as it takes them, for so many milliseconds.
 * @param frameOf makes the frame with that index, with that time in ms
 */
export async function measurePace(
  estimator: PoseEstimator,
  frameOf: (index: number, timestamp: number) => Parameters<PoseEstimator['estimate']>[0],
  milliseconds: number,
): Promise<Pace> {
  const stages = new Map<string, number[]>();
  let results = 0;
  let found = 0;
  let begun = performance.now();
  let counting = false;
  for (let step = 0; ; step += 1) {
    const { poses, stages: spent } = await estimator.estimate(
      frameOf(frameAt(step), step * FRAME),
      step * FRAME,
    );
    const elapsed = performance.now() - begun;
    if (!counting) {
      if (elapsed < WARM_UP) continue;
      counting = true;
      begun = performance.now();
      continue;
    }
    results += 1;
    if (poses.length > 0) found += 1;
    for (const [stage, duration] of Object.entries(spent)) {
      const durations = stages.get(stage);
      if (durations) durations.push(duration);
      else stages.set(stage, [duration]);
    }
    if (elapsed >= milliseconds) {
      return {
        resultsPerSecond: (1000 * results) / elapsed,
        found: found / results,
        stages: Object.fromEntries([...stages].map(([stage, durations]) => [stage, middle(durations)])),
      };
    }
  }
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
