import type { Posture } from './movement-evidence.ts';
import type { Movement } from './movement-metrics.ts';

/**
 * Root mean square speed of the joints, body heights per second, averaged over a second: at rest below the first,
 * in movement above the second, and in between as before. Who stands and talks is at 0.03 to 0.09 (labelled squats,
 * before the first), camera noise of 0.5 % of body height leaves 0.01 to 0.03, a slow dance starts at about 0.2.
 * The seed system's limit of 0.01 picture widths a frame at 30 Hz is about 0.5 body heights per second: most of real
 * dances is slower (the dance clip's median is 0.21), and all of it would be standing.
 */
export const REST: readonly [rest: number, move: number] = [0.1, 0.15];
/**
 * Root mean square speed, averaged over two seconds, from which somebody low or off their feet is not crouching or
 * exercising but dancing close to the floor. Squats as MediaPipe sees them are at 0.2 to 0.35; RepCount's, noisily
 * recorded, at 0.5 to 1.05; its push-ups and sit-ups at 0.1 to 1.0 (two of 18 clips at 1.2 and 1.6); footwork of
 * break dance (AIST++ gBR mBR2 in 3-D) at 1.2 to 1.5. There is one such dance to look at: take it for a guess.
 */
export const VIGOROUS = 1.2;
/**
 * Root mean square speed, averaged over two seconds, up to which getting down to a crouch and up again is left out of
 * what counts as movement: squats at a rate of one in two seconds are at 0.35, jumping jacks at 0.6 and more.
 */
export const SQUATTING = 0.45;

/** What is known of a tenth of a second, with the averages around it. */
export interface MovementClues {
  readonly posture: Posture;
  /**
   * Mean energy of a second, (body heights per second)², without what went into getting down to a crouch and up
   * again: squats are not dancing. NaN within jumps, of which the same is true.
   */
  readonly energy: number;
  /** Mean energy of two seconds. */
  readonly longEnergy: number;
  /** In [0, 1]; from 0.5 on it is walking. NaN when the legs move and nobody can tell yet. */
  readonly walking: number;
}

export interface MovementGuess {
  /** Undefined: it is none of the classes; undecided: walking or dancing. */
  readonly movement: Movement | 'undecided' | undefined;
  readonly confidence: number;
}

/** Of somebody who sits, kneels, lies or stands on their hands. */
export const NOT_ON_FEET = 'The person is not on their feet.';

/**
 * The definitions of the classes but jumping, which live readings and the take have in common.
 * @param before what it was a moment ago
 */
export function guessMovement(clues: MovementClues, before: Movement | undefined): MovementGuess {
  const { posture, walking } = clues;
  const speed = Math.sqrt(Math.max(0, clues.energy));
  const longSpeed = Math.sqrt(Math.max(0, clues.longEnergy));
  if (Number.isNaN(clues.energy)) return { movement: before ?? 'standing', confidence: 0.5 };
  const still = speed < REST[before === 'standing' || before === undefined ? 1 : 0];
  if (posture === 'low' && longSpeed < VIGOROUS) {
    return { movement: 'crouching', confidence: 0.5 + 0.5 * Math.min(1, (VIGOROUS - longSpeed) / VIGOROUS) };
  }
  if (posture === 'offFeet' && longSpeed < VIGOROUS) return { movement: undefined, confidence: 0 };
  if (still) return { movement: 'standing', confidence: 1 - 0.5 * (speed / REST[1]) };
  if (walking >= 0.5) return { movement: 'walking', confidence: walking };
  const movement = Number.isNaN(walking) ? 'undecided' : 'dancing';
  return { movement, confidence: Math.min(1, 0.5 + 0.5 * ((speed - REST[0]) / (3 * REST[0]))) };
}
