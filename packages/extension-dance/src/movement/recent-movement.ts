import { type MovementClues, SQUATTING } from './movement-class.ts';
import type { Posture } from './movement-evidence.ts';
import { CROUCH_MARGIN } from './movement-record.ts';

/** Tenths of a second over which energy is averaged: a second and two. */
const SECOND = 10;
const TWO_SECONDS = 20;
/** Tenths of a second within the last one that must be known. */
const FEWEST = 5;

/** What was seen of the last two seconds, for what is decided live. */
export class RecentMovement {
  readonly #energies = new Float64Array(TWO_SECONDS).fill(Number.NaN);
  /** How many tenths of a second passed since the last crouch, up to `CROUCH_MARGIN` + 1, as it was then. */
  readonly #sinceCrouch = new Uint8Array(TWO_SECONDS).fill(CROUCH_MARGIN + 1);
  #newest = 0;
  #posture: Posture = 'upright';
  #walking = 0;

  /** @param energy of a tenth of a second; NaN when nothing is known of it */
  push(energy: number, posture: Posture, walking: number): void {
    const before = this.#sinceCrouch[this.#newest] ?? 0;
    this.#newest = (this.#newest + 1) % TWO_SECONDS;
    this.#energies[this.#newest] = energy;
    this.#sinceCrouch[this.#newest] = posture === 'low' ? 0 : Math.min(before, CROUCH_MARGIN) + 1;
    this.#posture = posture;
    this.#walking = walking;
  }

  /** Nothing until half a second of the last one is known. */
  clues(): MovementClues | undefined {
    let [known, second, outside, outsideCount, long, longCount] = [0, 0, 0, 0, 0, 0];
    for (let back = 0; back < TWO_SECONDS; back += 1) {
      const at = (this.#newest - back + TWO_SECONDS) % TWO_SECONDS;
      const energy = this.#energies[at] ?? Number.NaN;
      if (Number.isNaN(energy)) continue;
      long += energy;
      longCount += 1;
      if (back >= SECOND) continue;
      known += 1;
      second += energy;
      if ((this.#sinceCrouch[at] ?? 0) <= CROUCH_MARGIN) continue;
      outside += energy;
      outsideCount += 1;
    }
    if (known < FEWEST) return undefined;
    const longEnergy = long / longCount;
    const outsideEnergy = outsideCount > 0 ? outside / outsideCount : 0;
    return {
      posture: this.#posture,
      energy: longEnergy < SQUATTING ** 2 ? outsideEnergy : second / known,
      longEnergy,
      walking: this.#walking,
    };
  }

  reset(): void {
    this.#energies.fill(Number.NaN);
    this.#sinceCrouch.fill(CROUCH_MARGIN + 1);
    this.#posture = 'upright';
    this.#walking = 0;
  }
}
