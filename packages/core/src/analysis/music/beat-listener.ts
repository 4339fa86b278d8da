import type { Beat } from '../analyzer.ts';
import { BeatTracker, type BeatTrackerState } from './beat-tracker.ts';
import { OnsetEnvelope } from './onset-envelope.ts';

/**
 * Samples in, beats out: an `OnsetEnvelope` and a `BeatTracker` on the clock of the samples. It allocates next to
 * nothing, so that it can live in an audio thread and be fed 128 samples at a time.
 *
 * @example
 * const listener = new BeatListener(sampleRate);
 * for (const beat of listener.step(block)) console.log(beat.timestamp, listener.state.bpm);
 */
export class BeatListener {
  readonly #envelope: OnsetEnvelope;
  readonly #tracker: BeatTracker;
  #index = 0;

  /**
   * @param sampleRate samples per second, 8,000 at least
   * @throws PoseCoachError `OPTION_INVALID` for less
   */
  constructor(sampleRate: number) {
    this.#envelope = new OnsetEnvelope(sampleRate);
    this.#tracker = new BeatTracker(this.#envelope.hop);
  }

  /** Tempo, confidence and the next beat, in milliseconds since the first sample. */
  get state(): BeatTrackerState {
    return this.#tracker.state;
  }

  /**
   * Takes the next samples of one channel, any number of them.
   *
   * @returns the beats that came due, in milliseconds since the first sample; mostly none
   */
  step(samples: Float32Array): readonly Beat[] {
    const values = this.#envelope.step(samples);
    if (values.length === 0) return NONE;
    const beats: Beat[] = [];
    for (const value of values) {
      beats.push(...this.#tracker.step(value, this.#envelope.timeOf(this.#index)));
      this.#index += 1;
    }
    return beats;
  }

  /** Forgets what it heard: the next sample is the first, at 0 ms. */
  reset(): void {
    this.#envelope.reset();
    this.#tracker.reset();
    this.#index = 0;
  }
}

const NONE: readonly Beat[] = [];
