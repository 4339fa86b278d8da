import { agreementBeyondChance, circularMean, wrapped } from './circular.ts';

/** Where moments lie within a beat, when all beats are laid on one another. */
export interface FoldedAccents {
  /** Radians of the beat, in [−π, π]: where the beat lies that the moments keep to. */
  readonly direction: number;
  /** In [0, 1]: how well they keep to it, beyond what as many random ones would. */
  readonly agreement: number;
  /** They come twice per beat: half of them lie on the beat, the others half-way between. */
  readonly isTwofold: boolean;
}

/** Strength of agreement, of at most 1, by which one of two stops per beat must outweigh the other. */
const CLEARLY_STRONGER = 0.12;

/**
 * Lays moments of a movement on one beat. A body that bounces stops at the bottom and at the top of every beat: then
 * the moments agree at twice the tempo rather than at the tempo, and the beat is where the stronger ones are, which
 * is where the weight lands; where neither outweighs the other, it is the one next to `preferred`.
 * @param angles of the moments in radians of a beat
 * @param strengths one per angle
 * @param preferred radians
 */
export function foldAccents(
  angles: readonly number[],
  strengths: readonly number[],
  preferred: number,
): FoldedAccents {
  const once = circularMean(angles, strengths);
  const twice = circularMean(
    angles.map((angle) => 2 * angle),
    strengths,
  );
  const isTwofold = twice.agreement > once.agreement;
  let { direction } = once;
  if (isTwofold) {
    const stop = twice.direction / 2;
    const towards = once.agreement < CLEARLY_STRONGER ? preferred : once.direction;
    direction = wrapped(Math.cos(towards - stop) >= 0 ? stop : stop + Math.PI);
  }
  return {
    direction,
    agreement: agreementBeyondChance(Math.max(once.agreement, twice.agreement), angles.length),
    isTwofold,
  };
}
