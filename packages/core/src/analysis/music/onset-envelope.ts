import { BandSpectrum } from './onset-spectrum.ts';
import { checkSampleRate } from './sample-rate.ts';

/** Milliseconds between two values of the envelope, as nearly as whole samples allow. */
const HOP = 10;
/** Milliseconds of sound in one spectrum: the power of two of samples that is nearest (1024 at 44.1 and 48 kHz). */
const WINDOW = 23;
/**
 * A band counts when it is louder than two values ago: at 10 ms, about as far as the window reaches, so that a rise is
 * seen whole (Böck & Widmer 2013, section 3.2: a distance at which windows overlap by half or less).
 */
const LAG = 2;
/**
 * How far below the loudest band of late a sound still counts, as the factor in log10(1 + 20 x): 26 dB. More lifts the
 * rustle of a room and the hat's eighth notes to the rank of the beat, less loses what is quiet beside a kick.
 */
const COMPRESSION = 20;
/** Milliseconds in which what was loud is half forgotten: music that becomes quieter is heard again within a bar or two. */
const LEVEL_HALF_LIFE = 4000;
/** A level under which nothing is heard, of full scale: -80 dB, the noise of a good microphone's input. */
const SILENCE = 1e-4;
/**
 * Milliseconds from the middle of a window to the moment at which the rise it shows began: the two spectra compared
 * span 43 ms, a click shows at once and a bowed or plucked note 10 ms later. Set so that clicks, drums and plucked
 * notes of known time lie within 8 ms on either side.
 */
const RISE_AFTER_MIDDLE = -6;

/**
 * How much begins to sound at each moment: the spectral flux of a stream of samples, logarithmic in level and
 * frequency, with the vibrato of voices and strings suppressed. Beats and tempo are found in it.
 *
 * The method is Böck & Widmer, Maximum filter vibrato suppression for onset detection (DAFx 2013, sections 3.1, 3.2):
 * each band is compared with the loudest of itself and its neighbours a little before, and what rose is added up. The
 * level is relative to the loudest of late, so that a phone across the room and a line in give the same. A step
 * function: it reads no clock and makes one number every 10 ms; 128 samples at a time are as good as all at once.
 */
export class OnsetEnvelope {
  /** Milliseconds between two values. */
  readonly hop: number;
  readonly #sampleRate: number;
  readonly #hopLength: number;
  readonly #spectrum: BandSpectrum;
  readonly #window: Float32Array;
  readonly #forget: number;
  /** The spectra of the last `LAG` values and of this one, in turn. */
  readonly #spectra: readonly Float32Array[];
  #filled = 0;
  #count = 0;
  #level = 0;

  /**
   * @param sampleRate samples per second, 8,000 at least; from 22,050 on the answer hardly depends on it
   * @throws PoseCoachError `OPTION_INVALID` for less
   */
  constructor(sampleRate: number) {
    this.#sampleRate = checkSampleRate(sampleRate);
    this.#hopLength = Math.round((HOP * sampleRate) / 1000);
    this.hop = (1000 * this.#hopLength) / sampleRate;
    const length = 2 ** Math.round(Math.log2((WINDOW * sampleRate) / 1000));
    this.#spectrum = new BandSpectrum(sampleRate, length);
    this.#window = new Float32Array(length);
    this.#forget = 0.5 ** (this.hop / LEVEL_HALF_LIFE);
    this.#spectra = Array.from({ length: LAG + 1 }, () => new Float32Array(this.#spectrum.bands));
    this.#filled = length - this.#hopLength;
  }

  /**
   * Takes the next samples of one channel, any number of them.
   *
   * @returns the values that came due, oldest first; often none. From 0 (nothing begins) to about 1 (all bands begin).
   */
  step(samples: Float32Array): readonly number[] {
    let values = NONE;
    const window = this.#window;
    let read = 0;
    while (read < samples.length) {
      const part = samples.subarray(read, read + window.length - this.#filled);
      window.set(part, this.#filled);
      this.#filled += part.length;
      read += part.length;
      if (this.#filled < window.length) break;
      if (values === NONE) values = [];
      values.push(this.#next());
      window.copyWithin(0, this.#hopLength);
      this.#filled = window.length - this.#hopLength;
    }
    return values;
  }

  /** @returns the milliseconds from the first sample to the moment that value number `index` (from 0) speaks of */
  timeOf(index: number): number {
    // The window before the first sample is silence: the first value comes with the first hop.
    const end = (index + 1) * this.#hopLength;
    return (1000 * (end - this.#window.length / 2)) / this.#sampleRate + RISE_AFTER_MIDDLE;
  }

  /** Forgets what it heard: the next sample is the first. */
  reset(): void {
    this.#window.fill(0);
    for (const spectrum of this.#spectra) spectrum.fill(0);
    this.#filled = this.#window.length - this.#hopLength;
    this.#count = 0;
    this.#level = 0;
  }

  #next(): number {
    const spectra = this.#spectra;
    const now = spectra[this.#count % spectra.length];
    const before = spectra[(this.#count + 1) % spectra.length];
    this.#count += 1;
    if (now === undefined || before === undefined) return 0;
    const loudest = this.#spectrum.measure(this.#window, now);
    this.#level = Math.max(loudest, this.#level * this.#forget, SILENCE);
    const scale = COMPRESSION / this.#level;
    let flux = 0;
    for (let band = 0; band < now.length; band += 1) {
      const louder = now[band] ?? 0;
      const lower = before[Math.max(0, band - 1)] ?? 0;
      const same = before[band] ?? 0;
      const upper = before[Math.min(now.length - 1, band + 1)] ?? 0;
      const reference = Math.max(lower, same, upper);
      if (louder > reference) flux += Math.log10((1 + scale * louder) / (1 + scale * reference));
    }
    return flux / now.length;
  }
}

/** What most blocks of an audio thread give; shared, so that they leave nothing to collect. */
const NONE: number[] = [];
