import type { Cue } from '@pose-coach/core';

/** What was said, and when. */
export interface RecentCue {
  readonly cue: Cue;
  /** Milliseconds since the Unix epoch, by this machine's clock. */
  readonly at: number;
}

/** What is listed at most: a dock is small. */
const MOST = 5;

/**
 * The list with what was said just now at its beginning. What is said again to the same person moves up instead of
 * being listed twice.
 */
export function addCues(
  recent: readonly RecentCue[],
  cues: readonly Cue[],
  at: number,
): readonly RecentCue[] {
  let list = recent;
  for (const cue of cues) {
    const others = list.filter((each) => each.cue.id !== cue.id || each.cue.poseId !== cue.poseId);
    list = [{ cue, at }, ...others].slice(0, MOST);
  }
  return list;
}
