import type { MovementClues } from './movement-class.ts';
import type { Posture } from './movement-evidence.ts';

/** Milliseconds that one entry speaks of. */
export const TICK = 100;
/** Entries kept: an hour. */
const MOST = 36_000;
/** Entries over which energy is averaged: a second and two. */
const SECOND = 10;
const TWO_SECONDS = 20;
/** Entries within a second that must be known. */
const FEWEST = 5;
const POSTURES: readonly Posture[] = ['upright', 'low', 'lying'];
const UNKNOWN = 255;

/** What was seen of a take, a tenth of a second an entry: at most an hour, 16 bytes each. */
export class MovementRecord {
  #times = new Float64Array(256);
  /** NaN where not known. */
  #energies = new Float32Array(256);
  #postures = new Uint8Array(256);
  #walking = new Float32Array(256);
  #length = 0;
  /** Whether something was left out because it was more than an hour. */
  truncated = false;

  get length(): number {
    return this.#length;
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
    this.#energies[at] = energy;
    this.#postures[at] = Number.isNaN(energy) ? UNKNOWN : POSTURES.indexOf(posture);
    this.#walking[at] = walking;
    this.#length += 1;
  }

  /**
   * What is known of an entry with a second and two around it.
   * @param walkingAhead how many entries later the legs' movement was found that has this one as its middle
   */
  clues(index: number, walkingAhead: number): MovementClues | undefined {
    const posture = POSTURES[this.#postures[index] ?? UNKNOWN];
    if (!posture) return undefined;
    const later = Math.min(this.#length - 1, index + walkingAhead);
    return {
      posture,
      energy: this.#mean(index, SECOND),
      longEnergy: this.#mean(index, TWO_SECONDS),
      walking: this.#walking[later] ?? 0,
    };
  }

  clear(): void {
    this.#length = 0;
    this.truncated = false;
  }

  #mean(index: number, width: number): number {
    const first = Math.max(0, index - (width >> 1));
    const last = Math.min(this.#length, first + width);
    let sum = 0;
    let count = 0;
    for (let at = first; at < last; at += 1) {
      const energy = this.#energies[at] ?? Number.NaN;
      if (Number.isNaN(energy)) continue;
      sum += energy;
      count += 1;
    }
    return sum / count;
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

/** The last two seconds, for what is decided live. */
export class RecentMovement {
  readonly #energies = new Float64Array(TWO_SECONDS).fill(Number.NaN);
  #newest = -1;
  posture: Posture = 'upright';
  walking = 0;

  /** @param energy NaN when nothing is known of this tenth of a second */
  push(energy: number, posture: Posture, walking: number): void {
    this.#newest = (this.#newest + 1) % TWO_SECONDS;
    this.#energies[this.#newest] = energy;
    this.posture = posture;
    this.walking = walking;
  }

  /** Nothing until half a second of the last one is known. */
  clues(): MovementClues | undefined {
    const energy = this.#mean(SECOND);
    if (Number.isNaN(energy)) return undefined;
    return { posture: this.posture, energy, longEnergy: this.#mean(TWO_SECONDS), walking: this.walking };
  }

  reset(): void {
    this.#energies.fill(Number.NaN);
    this.walking = 0;
    this.posture = 'upright';
  }

  #mean(width: number): number {
    let sum = 0;
    let count = 0;
    for (let back = 0; back < width; back += 1) {
      const energy = this.#energies[(this.#newest - back + TWO_SECONDS) % TWO_SECONDS] ?? Number.NaN;
      if (Number.isNaN(energy)) continue;
      sum += energy;
      count += 1;
    }
    return count >= FEWEST ? sum / count : Number.NaN;
  }
}
