import { type MovementClues, SQUATTING } from './movement-class.ts';
import type { Posture } from './movement-evidence.ts';

/** Milliseconds that one entry speaks of. */
export const TICK = 100;
/** Entries kept: an hour. */
const MOST = 36_000;
/** Entries in a second. */
const SECOND = 10;
/** Entries before and after a crouch in which it is on its way: getting up takes most of a second. */
export const CROUCH_MARGIN = 7;
/** Milliseconds before take-off and after landing that belong to a jump: bending the knees, and standing up again. */
const JUMP_MARGIN = 600;
const POSTURES: readonly Posture[] = ['upright', 'low', 'offFeet'];
const LOW = 1;
const UNKNOWN = 255;

/** What was seen of a take, a tenth of a second an entry: at most an hour, 16 bytes each. */
export class MovementRecord {
  #times = new Float64Array(256);
  /** NaN where not known. */
  #energies = new Float32Array(256);
  #postures = new Uint8Array(256);
  #walking = new Float32Array(256);
  #length = 0;
  #jumpUntil = Number.NEGATIVE_INFINITY;
  /** By piece: its first entry. What is between two interruptions is one piece; times are in order only within one. */
  #pieces: number[] = [0];
  /** Whether something was left out because it was more than an hour. */
  truncated = false;

  get length(): number {
    return this.#length;
  }

  /** The number of the piece that entries now belong to, from 0 on. */
  get piece(): number {
    return this.#pieces.length - 1;
  }

  /** The first entry of a piece; of one that there is not, the end. */
  pieceStart(piece: number): number {
    return this.#pieces[piece] ?? this.#length;
  }

  /** Milliseconds at which an entry begins. */
  time(index: number): number {
    return this.#times[index] ?? Number.NaN;
  }

  /** @param energy NaN when nothing is known of this tenth of a second */
  push(time: number, energy: number, posture: Posture, walking: number): void {
    if (this.#length === MOST) {
      this.truncated = true;
      return;
    }
    if (this.#length === this.#times.length) this.#grow();
    const at = this.#length;
    this.#times[at] = time;
    this.#energies[at] = time < this.#jumpUntil ? Number.NaN : energy;
    this.#postures[at] = Number.isNaN(energy) ? UNKNOWN : POSTURES.indexOf(posture);
    this.#walking[at] = walking;
    this.#length += 1;
  }

  /**
   * What is known of an entry with half a second and a second on both sides.
   * @param piece that it belongs to: what was before and after an interruption says nothing of it
   * @param walkingAhead how many entries later the legs' movement was found that has this one as its middle
   */
  clues(index: number, piece: number, walkingAhead: number): MovementClues | undefined {
    const posture = POSTURES[this.#postures[index] ?? UNKNOWN];
    if (!posture) return undefined;
    const first = this.pieceStart(piece);
    const last = this.pieceStart(piece + 1) - 1;
    let later = Math.min(last, index + walkingAhead);
    // Too early to tell then: the first verdict after it.
    while (later < last && Number.isNaN(this.#walking[later] ?? 0)) later += 1;
    const walking = this.#walking[later] ?? 0;
    const mean = (reach: number, outsideCrouches: boolean) =>
      this.#meanEnergy(Math.max(first, index - reach), Math.min(last, index + reach), outsideCrouches);
    const longEnergy = mean(SECOND, false) ?? 0;
    const outside = longEnergy < SQUATTING ** 2;
    const second = mean(SECOND / 2, false);
    const outsideCrouches = mean(SECOND / 2, true) ?? 0;
    return {
      posture,
      // Nothing but a jump: nobody can tell what else it is.
      energy: outside && second !== undefined ? outsideCrouches : (second ?? Number.NaN),
      longEnergy,
      walking: Number.isNaN(walking) ? 0 : walking,
    };
  }

  /** Leaves out what went into a jump, so that getting ready and landing are not taken for dancing. */
  leaveOutJump(takeOff: number, landing: number): void {
    this.#jumpUntil = landing + JUMP_MARGIN;
    const first = this.pieceStart(this.piece);
    for (
      let index = this.#length - 1;
      index >= first && this.time(index) > takeOff - JUMP_MARGIN;
      index -= 1
    ) {
      if (this.time(index) < this.#jumpUntil) this.#energies[index] = Number.NaN;
    }
  }

  /** What follows does not continue what was before. */
  interrupt(): void {
    this.#jumpUntil = Number.NEGATIVE_INFINITY;
    if (this.pieceStart(this.piece) < this.#length) this.#pieces.push(this.#length);
  }

  clear(): void {
    this.#length = 0;
    this.#pieces = [0];
    this.truncated = false;
  }

  /** Of the entries from one to another, both included; nothing when none counts. */
  #meanEnergy(from: number, to: number, outsideCrouches: boolean): number | undefined {
    let sum = 0;
    let count = 0;
    for (let at = from; at <= to; at += 1) {
      const energy = this.#energies[at] ?? Number.NaN;
      if (Number.isNaN(energy) || (outsideCrouches && this.#isNearCrouch(at))) continue;
      sum += energy;
      count += 1;
    }
    return count > 0 ? sum / count : undefined;
  }

  #isNearCrouch(index: number): boolean {
    const last = Math.min(this.#length - 1, index + CROUCH_MARGIN);
    for (let at = Math.max(0, index - CROUCH_MARGIN); at <= last; at += 1) {
      if (this.#postures[at] === LOW) return true;
    }
    return false;
  }

  #grow(): void {
    const twice = Math.min(MOST, 2 * this.#length);
    const times = new Float64Array(twice);
    const energies = new Float32Array(twice);
    const postures = new Uint8Array(twice);
    const walking = new Float32Array(twice);
    times.set(this.#times);
    energies.set(this.#energies);
    postures.set(this.#postures);
    walking.set(this.#walking);
    this.#times = times;
    this.#energies = energies;
    this.#postures = postures;
    this.#walking = walking;
  }
}
