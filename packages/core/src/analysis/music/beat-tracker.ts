import type { Beat } from '../analyzer.ts';
import { BeatPhase } from './beat-phase.ts';
import { SLOWEST_TEMPO, TempoSalience } from './music-tempo.ts';
import { SAME_TEMPO, TEMPO_INTERVAL, TempoPath, tempoAt } from './music-tempo-path.ts';

/** Milliseconds of the envelope that the tempo is found in: a bar of four at 50 BPM, and some. */
const MEMORY = 6000;
/** Milliseconds after which a sound counts half for the tempo: a change of tempo is followed within a few seconds. */
const MEMORY_HALF_LIFE = 2500;
/** Milliseconds that must have been heard before a tempo is told: four beats at 100 BPM. */
const LEAST_HEARD = 2500;
/** Milliseconds at the start that tell nothing: that one begins to listen in the middle of a sound is no beat. */
const SETTLING = 60;
/** Milliseconds from beat to beat that the scores begin with, before a tempo is found. */
const FIRST_PERIOD = 500;
/** Milliseconds in which the onsets of late are averaged, to notice that the music ended. */
const LATELY = 1000;
/** How onsets stand out by their strength: above 1, so that drums count for more than what they accompany. */
export const EMPHASIS = 1.5;
/** Estimates of the tempo (every half second) over which its salience is averaged, as long as it stays the same. */
const STEADY = 8;
/** Mean saliences between which confidence rises from 0 to 1: noise and talk stay under the first, clear beats are over the second. */
const NO_BEAT = 0.09;
const CLEAR_BEAT = 0.4;
/** Confidence at which beats begin to be told, and under which they no longer are. */
const BEGIN = 0.4;
const END = 0.1;

/** What a beat tracker makes of what it heard so far. */
export interface BeatTrackerState {
  /** Beats per minute; undefined where there is no beat. */
  readonly bpm: number | undefined;
  /** In [0, 1]: how clear the beat is; 0 for silence and noise. */
  readonly confidence: number;
  /** When the next beat is expected, in milliseconds on the clock of `step`; undefined where there is no beat. */
  readonly nextBeat: number | undefined;
}

/** The confidence in [0, 1] that a salience gives which lasts. */
export function beatConfidence(salience: number): number {
  return Math.max(0, Math.min(1, (salience - NO_BEAT) / (CLEAR_BEAT - NO_BEAT)));
}

/**
 * Finds the beat while the music plays. The tempo: a comb over the autocorrelation of the last seconds
 * (`TempoSalience`), followed by the path that changes least (`TempoPath`); the phase: a cumulative score (`BeatPhase`).
 * A beat is told when it is due, foreseen from those before. A step function: give it the values of an `OnsetEnvelope`
 * with their times; it reads no clock and keeps six seconds.
 */
export class BeatTracker {
  readonly #hop: number;
  readonly #path = new TempoPath();
  readonly #salience: TempoSalience;
  readonly #phase: BeatPhase;
  /** The latest onsets, in a ring. */
  readonly #onsets: Float64Array;
  /** The same, newest first. */
  readonly #stretch: Float64Array;
  readonly #weights: Float64Array;
  #count = 0;
  #timestamp = 0;
  #mean = 0;
  #lately = 0;
  /** In values, as beats are: since the first, with fractions. */
  #period: number;
  /** Which of `TEMPOS` it was last, and how well it has explained what was heard. */
  #tempo = 0;
  #steady = 0;
  #telling = false;
  #lastBeat: number | undefined;
  #nextBeat = 0;
  #foreseeAt = 0;

  /** @param hop milliseconds between two values, `OnsetEnvelope.hop` */
  constructor(hop: number) {
    this.#hop = hop;
    const length = Math.round(MEMORY / hop);
    this.#salience = new TempoSalience(hop, length);
    this.#phase = new BeatPhase(60_000 / SLOWEST_TEMPO / hop);
    this.#onsets = new Float64Array(length);
    this.#stretch = new Float64Array(length);
    this.#weights = Float64Array.from({ length }, (_, age) => 0.5 ** ((age * hop) / MEMORY_HALF_LIFE));
    this.#period = FIRST_PERIOD / hop;
  }

  get state(): BeatTrackerState {
    const telling = this.#telling;
    return {
      bpm: telling ? 60_000 / (this.#period * this.#hop) : undefined,
      confidence: this.#confidence(),
      nextBeat: telling ? this.#timeOf(this.#nextBeat) : undefined,
    };
  }

  /**
   * @param value of the onset envelope
   * @param timestamp the moment it speaks of, in milliseconds of any steady clock (`OnsetEnvelope.timeOf`)
   * @returns the beats that came due, on that clock; mostly none
   */
  step(value: number, timestamp: number): readonly Beat[] {
    const heard = Number.isFinite(value) && this.#count * this.#hop >= SETTLING;
    const onset = heard ? Math.max(0, value) ** EMPHASIS : 0;
    this.#timestamp = timestamp;
    this.#onsets[this.#count % this.#onsets.length] = onset;
    this.#count += 1;
    this.#mean += (onset - this.#mean) / Math.min(this.#count, this.#onsets.length);
    this.#lately += (onset - this.#lately) * Math.min(1, this.#hop / LATELY);
    if (this.#count % Math.round(TEMPO_INTERVAL / this.#hop) === 0) this.#estimateTempo();
    this.#phase.step(onset, this.#period);
    return this.#dueBeats();
  }

  /** Forgets what it heard: the next value is the first. */
  reset(): void {
    this.#path.reset();
    this.#phase.reset();
    this.#count = 0;
    this.#mean = 0;
    this.#lately = 0;
    this.#period = FIRST_PERIOD / this.#hop;
    this.#tempo = 0;
    this.#steady = 0;
    this.#telling = false;
    this.#lastBeat = undefined;
  }

  #dueBeats(): readonly Beat[] {
    const confidence = this.#confidence();
    if (!this.#telling && confidence >= BEGIN) {
      this.#telling = true;
      this.#lastBeat = undefined;
      this.#nextBeat = this.#phase.foresee(undefined);
      this.#foreseeAt = Number.POSITIVE_INFINITY;
    } else if (confidence < END) {
      this.#telling = false;
    }
    if (!this.#telling) return [];
    const now = this.#count - 1;
    if (now >= this.#foreseeAt) {
      const last = this.#lastBeat ?? now;
      this.#nextBeat = this.#phase.foresee(last + this.#period);
      this.#foreseeAt = Number.POSITIVE_INFINITY;
    }
    if (this.#nextBeat > now + 0.5) return [];
    const beat = { timestamp: this.#timeOf(this.#nextBeat), strength: confidence };
    this.#lastBeat = this.#nextBeat;
    this.#foreseeAt = this.#lastBeat + this.#period / 2;
    this.#nextBeat += this.#period;
    return [beat];
  }

  #estimateTempo(): void {
    const length = Math.min(this.#count, this.#onsets.length);
    if (length * this.#hop < LEAST_HEARD) return;
    for (let age = 0; age < length; age += 1) {
      this.#stretch[age] = this.#onsets[(this.#count - 1 - age) % this.#onsets.length] ?? 0;
    }
    if (!this.#salience.measure(this.#stretch, this.#weights, length)) {
      this.#steady = 0;
      return;
    }
    const values = this.#salience.values;
    this.#path.step(values);
    const best = this.#path.best ?? 0;
    if (Math.abs(best - this.#tempo) > SAME_TEMPO) this.#steady /= 2;
    this.#tempo = best;
    this.#steady += ((values[best] ?? 0) - this.#steady) / STEADY;
    this.#period = 60_000 / tempoAt(values, best) / this.#hop;
  }

  /** How clear the beat was over the last seconds, and nothing once the music has ended. */
  #confidence(): number {
    return this.#mean > 0 ? beatConfidence(this.#steady) * Math.min(1, (2 * this.#lately) / this.#mean) : 0;
  }

  #timeOf(index: number): number {
    return this.#timestamp + (index - (this.#count - 1)) * this.#hop;
  }
}
