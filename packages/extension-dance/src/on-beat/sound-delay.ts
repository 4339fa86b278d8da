/** By how much the sound is later than the picture, and how well that is known. */
export interface SoundDelay {
  /** Milliseconds that are subtracted from the times of the music's beats; negative: the sound is earlier. */
  readonly milliseconds: number;
  /** False as long as nobody has measured it; then it counts as 0. */
  readonly isMeasured: boolean;
}

/**
 * Milliseconds by which picture and sound may be apart as long as nobody has measured it: cameras are 50 to 100 ms
 * late and sound systems as much, either way round. What is within it says nothing about the dancer.
 */
const UNMEASURED = 100;

/**
 * Milliseconds that a measured delay may still be off: the middle of an exposure of up to 1/30 s is seen up to 17 ms
 * late, and smoothing makes movement about as much later (`oneEuro`: 16 ms, measured) where clapping was measured
 * without it.
 */
const REMAINDER = 20;

/** What a share of beats within 70 ms is worth when the beats may lie 100 ms elsewhere: as likely right as wrong. */
const SHARE_UNMEASURED = 0.5;

/**
 * @param uncertainty half width in ms of the range in which an offset lies with 95 %, were the delay known exactly
 * @returns the same with what is not known of the delay
 */
export function withDelayDoubt(uncertainty: number, { isMeasured }: SoundDelay): number {
  return Math.hypot(uncertainty, isMeasured ? REMAINDER : UNMEASURED);
}

/** @param confidence in the share of movement beats that are on the beat, were the delay known */
export function shareConfidence(confidence: number, { isMeasured }: SoundDelay): number {
  return isMeasured ? confidence : Math.min(confidence, SHARE_UNMEASURED);
}
