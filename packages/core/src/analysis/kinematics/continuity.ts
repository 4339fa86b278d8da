import { BODY_LANDMARKS as BODY } from '../../pose/index.ts';

/** Metres per second of the hips through the picture: the fastest sprinters reach 12.4. */
const FASTEST_TRAVEL = 13;

/**
 * Metres per second by which the line from the right side to the left changes: three turns a second with shoulders
 * 0.4 m wide are 7.5, and of real dances the fastest has 4. Sides that swap from one frame to the next are at 10 to 27.
 */
const FASTEST_TURN = 8;

/** A swap changes the line by twice its length; frames that are far apart may show half a turn, which is no more. */
const LEAST_OF_LENGTH = 1.4;

/** Seconds between two frames beyond which anything may have happened. */
const LONGEST_STEP = 0.25;

/** Seconds after which what went astray is how it is now. */
const LONGEST_STRAY = 0.1;

/** What is kept of a frame: time, the line across in metres, the middle of the hips in pixels. */
const TIME = 0;
const ACROSS = 1;
const HIPS = 4;
const LENGTH = 6;

/** How a frame goes with those before: `stray` is one to leave out, with `new` all that was before is to be forgotten. */
export type Continuation = 'same' | 'stray' | 'new';

/**
 * Tells where a body cannot have moved as its landmarks did: another person's landmarks under the same id, sides that
 * were mixed up, a pose found on something else. Such a step is no speed. Frames that go astray for a moment are left
 * out; if they stay where they went, it begins anew from there.
 */
export class Continuity {
  #now = new Float64Array(LENGTH);
  #last = new Float64Array(LENGTH).fill(Number.NaN);
  #stray = new Float64Array(LENGTH).fill(Number.NaN);
  /** Seconds at which frames began to go astray; NaN while none does. */
  #astray = Number.NaN;

  /**
   * Takes the next frame.
   * @param time seconds
   * @param positions x, y and z of each landmark in metres
   * @param seen 1 for each landmark that was seen
   * @param hipsX middle of the hips in pixels; NaN when not seen, as y
   * @param pixelsPerMetre NaN when not known
   */
  next(
    time: number,
    positions: Float64Array,
    seen: Uint8Array,
    hipsX: number,
    hipsY: number,
    pixelsPerMetre: number,
  ): Continuation {
    const now = this.#now;
    now[TIME] = time;
    const { leftShoulder, rightShoulder, leftHip, rightHip } = BODY;
    const sides =
      seen[leftShoulder] === 1 && seen[rightShoulder] === 1 && seen[leftHip] === 1 && seen[rightHip] === 1;
    for (let axis = 0; axis < 3; axis += 1) {
      now[ACROSS + axis] = sides ? acrossAt(positions, axis) : Number.NaN;
    }
    now[HIPS] = hipsX;
    now[HIPS + 1] = hipsY;
    const isAstray = !Number.isNaN(this.#astray);
    const stays = isAstray && follows(this.#stray, now, pixelsPerMetre);
    if (!stays && follows(this.#last, now, pixelsPerMetre)) return this.#accept('same');
    if (!isAstray) this.#astray = time;
    if (time - this.#astray >= LONGEST_STRAY) return this.#accept('new');
    [this.#now, this.#stray] = [this.#stray, now];
    return 'stray';
  }

  #accept(continuation: Continuation): Continuation {
    [this.#now, this.#last] = [this.#last, this.#now];
    this.#astray = Number.NaN;
    return continuation;
  }
}

/** From the right side to the left, shoulders and hips together, along an axis. */
function acrossAt(positions: Float64Array, axis: number): number {
  const shoulders =
    (positions[BODY.leftShoulder * 3 + axis] ?? 0) - (positions[BODY.rightShoulder * 3 + axis] ?? 0);
  const hips = (positions[BODY.leftHip * 3 + axis] ?? 0) - (positions[BODY.rightHip * 3 + axis] ?? 0);
  return (shoulders + hips) / 2;
}

/** Whether a body can get from one to the other; of what is hidden it can. */
function follows(before: Float64Array, now: Float64Array, pixelsPerMetre: number): boolean {
  const step = (now[TIME] ?? 0) - (before[TIME] ?? 0);
  if (!(step <= LONGEST_STEP)) return true;
  let change = 0;
  let length = 0;
  for (let axis = ACROSS; axis < HIPS; axis += 1) {
    const one = before[axis] ?? Number.NaN;
    const other = now[axis] ?? Number.NaN;
    change += (other - one) ** 2;
    length += (one * one + other * other) / 2;
  }
  const turned = Math.sqrt(change);
  if (turned > FASTEST_TURN * step && turned > LEAST_OF_LENGTH * Math.sqrt(length)) return false;
  const x = (now[HIPS] ?? Number.NaN) - (before[HIPS] ?? Number.NaN);
  const y = (now[HIPS + 1] ?? Number.NaN) - (before[HIPS + 1] ?? Number.NaN);
  return !(Math.hypot(x, y) / pixelsPerMetre > FASTEST_TRAVEL * step);
}
