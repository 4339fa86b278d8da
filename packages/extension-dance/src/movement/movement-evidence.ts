import type { BodyMotion } from '@pose-coach/core/analysis';
import { type BodyState, BodyStates } from './body-state.ts';
import { LegAlternation, type LegMovement } from './leg-alternation.ts';
import { Progress } from './progress.ts';

/** How the body is held. */
export type Posture = 'upright' | 'low' | 'offFeet';

/**
 * Crouching: hips at 0.72 of a stretched leg or lower, with knees bent to 125° or more; it is over at 0.80 or 140°.
 * In the labelled squats the bottoms are at 0.56 and 88° and standing at 0.96 and 160°; of a dance on the feet 95 %
 * is above 0.76 or 134°.
 */
const LOW_HIPS: readonly [enter: number, leave: number] = [0.72, 0.8];
const BENT_KNEES: readonly [enter: number, leave: number] = [125, 140];
/** Degrees of the trunk from upright beyond which somebody low is not on their feet but on the floor. */
const LYING: readonly [enter: number, leave: number] = [65, 55];
/** Unless the knees are bent as far as this and the feet carry the body: a squat with the trunk far forward. */
const SQUATTING_KNEES = 110;
/**
 * Body heights from the centre of mass to over the feet, beyond which somebody low sits, kneels or leans on something:
 * half a foot (0.08; Winter 2009, figure 4.1) and as much again for depth that engines get wrong and cameras that look
 * down by up to 15°. Labelled squats are at 0.01 to 0.15
 * (eight of nine clips, nine in ten of 225 single poses), sit-ups at 0.20 to 0.70 (all ten clips).
 */
const UNSUPPORTED: readonly [enter: number, leave: number] = [0.18, 0.15];
/**
 * Hips this low are on the floor: who sits there has hips and ankles about as high. In a squat as deep as can be, the
 * thighs folded on the shins, they are at 0.1 to 0.2.
 */
const FLOOR_HIPS: readonly [enter: number, leave: number] = [0.06, 0.1];
/** Milliseconds between two looks at the legs. */
const LOOK_INTERVAL = 250;

/**
 * Walking: legs that take turns this well or better,
 * with feet that pass each other by this much (standard deviation, body heights; on the spot 0.04, striding 0.28),
 * feet and hips that go sideways by at most this share of it (walking 0.1 to 0.3, a two-step 3),
 * hands that swing no faster (0.25 measured, 0.65 brisk, dancers 1 to 2 body heights per second),
 * upright (the cosine of 40°).
 */
const TAKES_TURNS = 0.7;
const SMALLEST_STRIDE = 0.025;
const MOST_SIDEWAYS = 0.7;
const FASTEST_HANDS = 1.1;
const LEAST_UPRIGHT = 0.77;

/**
 * Body heights per second from which somebody who goes one way through the picture gets on: 0.5 metres a second, a slow
 * walk. Walkers do 0.4 to 1.2 unless they come towards the camera, dancers (AIST++, the dance clip) less than 0.3.
 * Legs of whom half as much is to be seen then do: small and far away, they are noisy. Of who stays on the spot they
 * are all that there is to tell by.
 */
const GETS_ON = 0.3;
const LEGS_OF_TRAVELLERS = 0.5;

/** Moments of the legs (20 a second) that are kept while somebody stands: movement is seen a little late. */
const STANDING_KEPT = 8;

/** What one moment says for and against each class. */
export interface MovementEvidence {
  readonly body: BodyState;
  readonly posture: Posture;
  /** In [0, 1]: how well the last seconds are walking; from 0.5 on it is. NaN when the legs move and it is too early. */
  readonly walking: number;
}

/** Follows how one person holds themselves and uses their legs. */
export class MovementEvidences {
  readonly #states = new BodyStates();
  readonly #legs = new LegAlternation();
  readonly #progress = new Progress();
  readonly #evidence: { body: BodyState; posture: Posture; walking: number } = {
    body: this.#states.state,
    posture: 'upright',
    walking: 0,
  };
  #looked = Number.NEGATIVE_INFINITY;

  read(motion: BodyMotion): MovementEvidence {
    const evidence = this.#evidence;
    const body = this.#states.read(motion);
    if (!body.known) return evidence;
    this.#legs.push(motion);
    this.#progress.push(motion);
    evidence.posture = postureOf(body, evidence.posture);
    if (motion.timestamp - this.#looked >= LOOK_INTERVAL) {
      this.#looked = motion.timestamp;
      const legs = this.#legs.find();
      if (legs) evidence.walking = walkingOf(legs, this.#progress.slowest() >= GETS_ON);
      else evidence.walking = this.#legs.stride() < SMALLEST_STRIDE ? 0 : Number.NaN;
    }
    return evidence;
  }

  /** Nobody walks who stands: what the legs do next is looked at by itself. */
  stand(): void {
    this.#legs.forgetBut(STANDING_KEPT);
  }

  reset(): void {
    this.#states.reset();
    this.#legs.reset();
    this.#progress.reset();
    this.#looked = Number.NEGATIVE_INFINITY;
    this.#evidence.posture = 'upright';
    this.#evidence.walking = 0;
  }
}

function postureOf(body: BodyState, before: Posture): Posture {
  if (isOffFeet(body, before === 'offFeet' ? 1 : 0)) return 'offFeet';
  const which = before === 'low' ? 1 : 0;
  return body.hipHeight < LOW_HIPS[which] && body.knees < BENT_KNEES[which] ? 'low' : 'upright';
}

/** Whose hips are high over the feet stands on them, however far the trunk is bent over. */
function isOffFeet({ hipHeight, knees, tilt, offFeet }: BodyState, which: 0 | 1): boolean {
  if (!(hipHeight < LOW_HIPS[which])) return false;
  if (hipHeight < FLOOR_HIPS[which] || offFeet > UNSUPPORTED[which]) return true;
  return tilt > LYING[which] && knees >= SQUATTING_KNEES;
}

function walkingOf(
  { isQuick, alternation, stride, sideways, hands, upright }: LegMovement,
  getsOn: boolean,
): number {
  if (isQuick) return 0;
  const enough = getsOn ? LEGS_OF_TRAVELLERS : 1;
  return Math.min(
    half(alternation, TAKES_TURNS * enough, 1),
    half(stride, SMALLEST_STRIDE, 2 * SMALLEST_STRIDE),
    half(-sideways / stride, -MOST_SIDEWAYS / enough, 0),
    half(-hands, -FASTEST_HANDS, 0),
    half(upright, LEAST_UPRIGHT, 1),
  );
}

/** A half at the limit, 1 at the best, 0 as far on the other side. */
function half(value: number, limit: number, best: number): number {
  return Math.max(0, Math.min(1, 0.5 + (0.5 * (value - limit)) / (best - limit)));
}
