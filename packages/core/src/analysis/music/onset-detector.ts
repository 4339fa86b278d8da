import { checkSampleRate } from './sample-rate.ts';

/** Milliseconds of sound whose energy is one value: as fine as claps can be told apart from their echo off the hands. */
const BLOCK = 1;
/** Decibels that a sound must rise over what was heard before: six standard deviations of the energy of noise. */
const RISE = 12;
/** Decibels of full scale under which nothing counts: the noise of a room in a microphone with its gain at rest. */
const FLOOR = -65;
/** Milliseconds in which the background follows what becomes louder, and what becomes softer. */
const FOLLOW_UP = 30;
const FOLLOW_DOWN = 150;
/** Milliseconds at the start that only teach what the background is: a recording that begins is no sound that does. */
const SETTLING = 30;
/** Milliseconds after an onset in which it may grow, and is no other. */
const GROWTH = 10;
/** Milliseconds between two onsets, at least: the two hands' and the room's first echoes are within it. */
const APART = 80;
/** Decibels over the background at which an onset's strength is 1. */
const STRONG = 40;

/** The beginning of one sound. */
export interface Onset {
  /** Milliseconds since the first sample. */
  readonly timestamp: number;
  /** In [0, 1]: how far it stands out of what was heard before; 0.3 for 12 dB, 1 for 40 dB and more. */
  readonly strength: number;
}

/**
 * Hears single sounds begin, such as claps, within about two milliseconds of when they do: where the energy of a
 * millisecond, highs preferred by differencing, leaps over its running background (an energy-based detection function
 * with an adaptive threshold, as in Bello et al., A tutorial on onset detection in music signals, IEEE Transactions on
 * Speech and Audio Processing 13, 2005, sections III-A and IV). Sounds that swell, a bow's or a pad's, have no such
 * moment and are not told. A step function: it reads no clock.
 */
export class OnsetDetector {
  readonly #blockLength: number;
  readonly #blockTime: number;
  #previous = 0;
  #energy = 0;
  #filled = 0;
  #block = 0;
  #background = FLOOR;
  #began: number | undefined;
  #peak = 0;

  /**
   * @param sampleRate samples per second, 8,000 at least
   * @throws PoseCoachError `OPTION_INVALID` for less
   */
  constructor(sampleRate: number) {
    this.#blockLength = Math.round((BLOCK * checkSampleRate(sampleRate)) / 1000);
    this.#blockTime = (1000 * this.#blockLength) / sampleRate;
  }

  /**
   * Takes the next samples of one channel, any number of them; what is not a number counts as the sample before.
   *
   * @returns the sounds that began, 10 ms after they did, oldest first; mostly none
   */
  step(samples: Float32Array): readonly Onset[] {
    const onsets: Onset[] = [];
    for (const next of samples) {
      // One NaN in the background would make it deaf for good.
      const sample = Number.isFinite(next) ? next : this.#previous;
      const difference = sample - this.#previous;
      this.#previous = sample;
      this.#energy += difference * difference;
      this.#filled += 1;
      if (this.#filled < this.#blockLength) continue;
      const onset = this.#take(10 * Math.log10(this.#energy / this.#blockLength + Number.MIN_VALUE));
      if (onset !== undefined) onsets.push(onset);
      this.#energy = 0;
      this.#filled = 0;
      this.#block += 1;
    }
    return onsets;
  }

  /** Forgets what it heard: the next sample is the first, at 0 ms. */
  reset(): void {
    this.#previous = 0;
    this.#energy = 0;
    this.#filled = 0;
    this.#block = 0;
    this.#background = FLOOR;
    this.#began = undefined;
  }

  #take(decibels: number): Onset | undefined {
    const level = Math.max(FLOOR, decibels);
    if (this.#block * this.#blockTime < SETTLING) {
      this.#background = Math.max(this.#background, level);
      return undefined;
    }
    const since =
      this.#began === undefined ? Number.POSITIVE_INFINITY : (this.#block - this.#began) * this.#blockTime;
    if (since >= APART && level - this.#background >= RISE) {
      this.#began = this.#block;
      this.#peak = level - this.#background;
    } else if (since <= GROWTH) {
      this.#peak = Math.max(this.#peak, level - this.#background);
    }
    // What a sound rose over is its background until it has grown.
    const growing = this.#began !== undefined && (this.#block - this.#began) * this.#blockTime < GROWTH;
    if (growing) return undefined;
    const follow = level > this.#background ? FOLLOW_UP : FOLLOW_DOWN;
    this.#background += (level - this.#background) * Math.min(1, this.#blockTime / follow);
    if (this.#began === undefined || since - this.#blockTime >= GROWTH || since < GROWTH) return undefined;
    return { timestamp: this.#began * this.#blockTime, strength: Math.min(1, this.#peak / STRONG) };
  }
}
