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

/** Parts of a beat that regular movement may mark. */
const MOST_PARTS = 4;

/**
 * Lays moments of a movement on one beat. A body that bounces stops at the bottom and at the top of every beat: then
 * the moments agree at twice the tempo rather than at the tempo, and the beat is where the stronger ones are, which
 * is where the weight lands; where none outweighs the others, it is the one next to `preferred`.
 * @param angles of the moments in radians of a beat
 * @param strengths one per angle
 * @param preferred radians
 * @param most stops per beat to think of, 4 at most
 */
export function foldAccents(
  angles: readonly number[],
  strengths: readonly number[],
  preferred: number,
  most: number = MOST_PARTS,
): FoldedAccents {
  const means = Array.from({ length: most }, (_, index) => partMean(angles, strengths, index + 1));
  const best = Math.max(...means.map(({ agreement }) => agreement));
  const index = means.findIndex(({ agreement }) => agreement >= AS_GOOD * best);
  const parts = index + 1;
  let direction = preferred;
  // The strongest of all if there is one, else of the two strongest the one next to it, and so on.
  for (let part = 1; part <= parts; part += 1) {
    const mean = means[part - 1];
    if (!mean || parts % part !== 0) continue;
    if (part < parts && mean.agreement < CLEARLY_STRONGER) continue;
    const place = mean.direction / part;
    const turn = (2 * Math.PI) / part;
    direction = place + Math.round((direction - place) / turn) * turn;
  }
  const agreement = agreementBeyondChance(best, countOf(strengths), most);
  return { direction: wrapped(direction), agreement, parts };
}

/**
 * How evenly moments come, in [0, 1], whichever part of the beat they mark: the best agreement with the beat, its
 * half, third or quarter, beyond what as many random moments would reach.
 * @param angles of the moments in radians of a beat
 * @param strengths one per angle; weak ones count less, and make the number of moments smaller
 */
export function regularity(angles: readonly number[], strengths: readonly number[]): number {
  let best = 0;
  for (let part = 1; part <= MOST_PARTS; part += 1) {
    best = Math.max(best, partMean(angles, strengths, part).agreement);
  }
  return agreementBeyondChance(best, countOf(strengths), MOST_PARTS);
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
