import { agreementBeyondChance, type CircularMean, circularMean, wrapped } from './circular.ts';

/** Where moments lie within a beat, when all beats are laid on one another. */
export interface FoldedAccents {
  /** Radians of the beat, in [−π, π]: where the beat lies that the moments keep to. */
  readonly direction: number;
  /** In [0, 1]: how well they keep to it or its parts, beyond what as many random ones would. */
  readonly agreement: number;
  /** How many of them come to a beat: 1, or 2 when half of them lie half-way between beats, and so on. */
  readonly parts: number;
}

/** Agreement, of at most 1, at which some of several stops per beat outweigh the others. */
const CLEARLY_STRONGER = 0.12;

/** Share of the best agreement at which fewer parts of a beat do as well as more. */
const AS_GOOD = 0.9;

/**
 * Parts of a beat that regular movement marks: halves and quarters of it. Thirds are left out; movement that seems to
 * mark them is nearly always in halves of another tempo.
 */
const PARTS = [1, 2, 4] as const;

/**
 * Lays moments of a movement on one beat. A body that bounces stops at the bottom and at the top of every beat: then
 * the moments agree at twice the tempo rather than at the tempo, and the beat is where the stronger ones are, which
 * is where the weight lands; where none outweighs the others, it is the one next to `preferred`.
 * @param angles of the moments in radians of a beat
 * @param strengths one per angle
 * @param preferred radians
 * @param most stops per beat to think of: 1, 2 or 4
 */
export function foldAccents(
  angles: readonly number[],
  strengths: readonly number[],
  preferred: number,
  most = 4,
): FoldedAccents {
  const means = PARTS.filter((part) => part <= most).map((part) => partMean(angles, strengths, part));
  const best = Math.max(...means.map(({ agreement }) => agreement));
  const chosen = means.findIndex(({ agreement }) => agreement >= AS_GOOD * best);
  let direction = preferred;
  // The strongest of all if there is one, else of the two strongest the one next to it, and so on.
  for (const [index, { direction: angle, agreement }] of means.slice(0, chosen + 1).entries()) {
    if (index < chosen && agreement < CLEARLY_STRONGER) continue;
    const part = PARTS[index] ?? 1;
    const place = angle / part;
    const turn = (2 * Math.PI) / part;
    direction = place + Math.round((direction - place) / turn) * turn;
  }
  const agreement = agreementBeyondChance(best, countOf(strengths), means.length);
  return { direction: wrapped(direction), agreement, parts: PARTS[chosen] ?? 1 };
}

/**
 * How evenly moments come, in [0, 1], whichever part of the beat they mark: the best agreement with the beat, its
 * half or its quarter, beyond what as many random moments would reach.
 * @param angles of the moments in radians of a beat
 * @param strengths one per angle; weak ones count less, and make the number of moments smaller
 * @param choices beats that this is asked for to take the best: chance has so many goes
 */
export function regularity(angles: readonly number[], strengths: readonly number[], choices = 1): number {
  let best = 0;
  for (const part of PARTS) best = Math.max(best, partMean(angles, strengths, part).agreement);
  return agreementBeyondChance(best, countOf(strengths), choices * PARTS.length);
}

/** Mean direction and agreement of the moments within a part of the beat. */
function partMean(angles: readonly number[], strengths: readonly number[], part: number): CircularMean {
  return circularMean(
    angles.map((angle) => part * angle),
    strengths,
  );
}

/** How many moments of equal strength would say as much: the effective sample size of weights (Kish 1965). */
function countOf(strengths: readonly number[]): number {
  const sum = strengths.reduce((total, strength) => total + strength, 0);
  const squares = strengths.reduce((total, strength) => total + strength * strength, 0);
  return squares > 0 ? (sum * sum) / squares : 0;
}
