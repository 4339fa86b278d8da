import type { Flight } from './flight-detector.ts';
import { guessMovement, type MovementClues, type MovementGuess, NOT_ON_FEET } from './movement-class.ts';
import type { Movement } from './movement-metrics.ts';

/**
 * Milliseconds for which something else must be seen before the class changes. What the clues are averaged over is
 * before that: standing and dancing follow a change after about a second.
 */
const PERSISTENCE: Readonly<Record<Movement | 'unknown', number>> = {
  standing: 200,
  walking: 200,
  dancing: 700,
  jumping: 0,
  crouching: 200,
  unknown: 500,
};
/**
 * Milliseconds of movement after which the legs are not waited for any longer: of a picture that often breaks off they
 * never say anything.
 */
const LEGS_AWAITED = 2500;
/** Milliseconds after landing for which it is still jumping: hops follow one another faster than twice a second. */
export const JUMPING_ON = 700;

export interface LiveMovement {
  readonly movement: Movement | undefined;
  readonly confidence: number;
  /** Why it is unknown. */
  readonly reason: string;
}

const UNSEEN: MovementGuess = { movement: undefined, confidence: 0 };
const BEGINNING: LiveMovement = {
  movement: undefined,
  confidence: 0,
  reason: 'Watching: it takes a second to tell.',
};

/** Decides live, with persistence, from what is known up to now. */
export class LiveMovementDecision {
  #current: LiveMovement = BEGINNING;
  #candidate: Movement | 'unknown' | undefined;
  #since = Number.NaN;
  #jumpingUntil = Number.NEGATIVE_INFINITY;
  #jump = 0;

  get current(): LiveMovement {
    return this.#current;
  }

  jumped({ landing, confidence }: Flight): void {
    this.#jumpingUntil = landing + JUMPING_ON;
    this.#jump = confidence;
  }

  /**
   * @param clues nothing when too little is seen
   * @param reason why nothing
   */
  step(now: number, clues: MovementClues | undefined, reason: string): LiveMovement {
    const before = this.#current.movement;
    const guess = clues ? guessMovement(clues, before) : UNSEEN;
    const jumping = now < this.#jumpingUntil;
    const seen = guess.movement === 'undecided' ? 'dancing' : guess.movement;
    const movement = jumping ? 'jumping' : seen;
    const confidence = jumping ? this.#jump : guess.confidence;
    const found = movement ?? 'unknown';
    if (found !== this.#candidate) {
      this.#candidate = found;
      this.#since = now;
    }
    // Until the legs have said whether it is walking or dancing, it is what it was.
    const awaited = guess.movement === 'undecided' && now - this.#since < LEGS_AWAITED;
    if (awaited && !jumping && before !== 'jumping') return this.#current;
    const next = { movement, confidence, reason: movement ? '' : clues ? NOT_ON_FEET : reason };
    const persists = now - this.#since >= PERSISTENCE[found];
    if (persists || (movement === before && movement !== undefined)) this.#current = next;
    return this.#current;
  }

  reset(): void {
    this.#current = BEGINNING;
    this.#candidate = undefined;
    this.#since = Number.NaN;
    this.#jumpingUntil = Number.NEGATIVE_INFINITY;
  }
}
