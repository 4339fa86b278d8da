import type { Reading } from '@pose-coach/core';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import { fitBeat } from './beat-fit.ts';
import { BeatGrid } from './beat-grid.ts';
import { foldAccents, regularity } from './folded-accents.ts';
import { GRID_RATE, MotionGrid } from './motion-grid.ts';
import { MotionWindow, WINDOW_ROWS } from './motion-window.ts';
import { type MovementAccent, MovementAccents } from './movement-accents.ts';
import { known, unknown } from './reading.ts';
import { RhythmControls } from './rhythm-controls.ts';
import { type RhythmSummary, rhythmSummary } from './rhythm-summary.ts';
import { TakeMotion } from './take-motion.ts';
import { TempoGuesser } from './tempo-guesser.ts';
import { type TempoGuess, TempoTracker } from './tempo-tracker.ts';

/** Rows between two estimates: three a second until a tempo is found, then two. */
const ROWS_WHILE_SEARCHING = GRID_RATE / 3;
const ROWS_WHILE_TRACKING = GRID_RATE / 2;

/** The same while the person cannot be seen, which costs nothing: to know soon when they are back. */
const ROWS_WHILE_UNSEEN = GRID_RATE / 10;

/**
 * What a guess counts for when the movement's stops and turns keep to no beat. Likeness alone can be chance, as in
 * random waving, and stops that keep to a beat rarely are.
 */
const WITHOUT_STOPS = 0.5;

/** ms whose accents speak for a tempo: those of the window that it was found in. */
const WINDOW = (1000 * WINDOW_ROWS) / GRID_RATE;

/** Beats whose accents say where the beat lies and how evenly it comes. */
const BEATS = 8;

/** Accents without which there is no phase. */
const FEWEST_ACCENTS = 4;

/** Accents that are kept: more than eight beats at the slowest tempo have. */
const KEPT_ACCENTS = 48;

/** ms without support for which the tempo is still said while the person cannot be seen, and while the person rests. */
const HOLD_UNSEEN = 3500;
const HOLD_RESTING = 500;

const TEMPO = 'dance.rhythm';
const BEAT = 'dance.rhythm.beat';
const PHASE = 'dance.rhythm.phase';
const CONSISTENCY = 'dance.rhythm.consistency';

const WATCHING = 'Watching for a rhythm…';
const NO_RHYTHM = 'No rhythm to be seen.';
const NOT_AS_SET = 'The movement does not keep to the tempo that has been set.';
const UNSEEN = 'Too little of the body is in view to see a rhythm.';
const TOO_FEW = 'Too few beats have gone by to say.';

/**
 * Tempo, phase and evenness of one person's movement, live: at most two seconds behind it. The tempo comes from the
 * last eight seconds of joint velocities (`estimateTempo`), held by `TempoTracker`; the phase from the movement's
 * accents (`MovementAccents`): where it stops and turns.
 */
export class RhythmPart implements DancePart<RhythmSummary> {
  readonly #controls: RhythmControls;
  readonly #grid = new MotionGrid();
  readonly #window = new MotionWindow();
  readonly #take = new TakeMotion();
  readonly #finder = new MovementAccents(this.#grid);
  readonly #guesser = new TempoGuesser();
  readonly #tracker = new TempoTracker();
  readonly #beats = new BeatGrid();
  #accents: MovementAccent[] = [];
  #newAccents: MovementAccent[] = [];
  #nextEstimate = 0;
  #wholeIsNext = true;
  #anchor: number | undefined;
  #consistency: number | undefined;
  /** Of the take: the sum of what was measured, and how often. */
  #consistencySum = 0;
  #located = 0;
  #time = Number.NEGATIVE_INFINITY;
  #epoch: number | undefined;

  /** @param controls what the person has set; shared by all parts of an activation */
  constructor(controls: RhythmControls = new RhythmControls()) {
    this.#controls = controls;
  }

  /** The movement's accents that the last step has found, oldest first: observed, never extrapolated. */
  get newAccents(): readonly MovementAccent[] {
    return this.#newAccents;
  }

  /** Beats per minute of the movement as last said; undefined when no rhythm is seen. */
  get tempo(): number | undefined {
    const { bpm } = this.#tracker;
    return bpm === undefined || this.#doubt() !== undefined ? undefined : bpm * this.#controls.factor;
  }

  step({ motion }: DanceMoment): readonly Reading[] {
    this.#newAccents = [];
    if (!Number.isFinite(motion.timestamp)) return [];
    if (motion.epoch !== this.#epoch || motion.timestamp < this.#time) this.reset();
    this.#epoch = motion.epoch;
    this.#time = motion.timestamp;
    this.#grid.step(motion);
    this.#take.record(this.#grid);
    this.#finder.step(this.#newAccents);
    if (this.#newAccents.length > 0) {
      this.#accents = [...this.#accents, ...this.#newAccents].slice(-KEPT_ACCENTS);
    }
    this.#obey();
    if (this.#grid.nextRow >= this.#nextEstimate) this.#estimate();
    return this.#readings(motion.poseId);
  }

  reset(): void {
    this.#grid.reset();
    this.#finder.reset();
    this.#take.interrupt();
    this.#tracker.reset();
    this.#beats.reset();
    this.#accents = [];
    this.#newAccents = [];
    this.#nextEstimate = 0;
    this.#consistency = undefined;
    this.#time = Number.NEGATIVE_INFINITY;
    this.#epoch = undefined;
  }

  finish(): RhythmSummary {
    const consistency = this.#located === 0 ? null : this.#consistencySum / this.#located;
    const summary = rhythmSummary(this.#take, consistency, this.#controls);
    this.#take.clear();
    this.#consistencySum = 0;
    this.#located = 0;
    this.reset();
    return summary;
  }

  /** Takes over what the person has set or tapped since the last step. */
  #obey(): void {
    const { tempo } = this.#controls;
    if (tempo === this.#anchor) return;
    this.#anchor = tempo;
    if (tempo === undefined) this.#tracker.reset();
    else this.#tracker.set(tempo);
    this.#nextEstimate = 0;
  }

  #estimate(): void {
    this.#window.look(this.#grid);
    this.#follow();
    const { bpm } = this.#tracker;
    this.#nextEstimate = this.#grid.nextRow + this.#rowsToWait();
    if (bpm === undefined) {
      this.#beats.reset();
      this.#consistency = undefined;
    } else if (!this.#window.isUnseen) this.#locate(60_000 / (bpm * this.#controls.factor));
  }

  #rowsToWait(): number {
    if (this.#window.isUnseen) return ROWS_WHILE_UNSEEN;
    return this.#tracker.bpm === undefined ? ROWS_WHILE_SEARCHING : ROWS_WHILE_TRACKING;
  }

  /** Shows the tracker what the last seconds say, if there is enough to see in them and the person has not stopped. */
  #follow(): void {
    const { signals, isUnseen, isResting } = this.#window;
    const now = this.#time;
    const tracker = this.#tracker;
    if (!signals || isUnseen || isResting) {
      tracker.step(undefined, now);
      return;
    }
    // A tempo that is tracked is measured whole every second time, and looked after for a change in between.
    const { bpm } = tracker;
    this.#wholeIsNext = bpm === undefined || !this.#wholeIsNext;
    if (bpm === undefined || this.#wholeIsNext) {
      const guess = this.#guesser.whole(signals, this.#anchor);
      tracker.step(guess && this.#weighed(guess), now);
      return;
    }
    const changed = this.#guesser.changed(signals, bpm);
    if (changed) tracker.follow(changed, now);
  }

  /** A guess whose candidates count the more, the more evenly the movement's stops and turns keep to them. */
  #weighed(guess: TempoGuess): TempoGuess {
    const weighed = guess.candidates.map(({ bpm, strength }) => {
      const { angles, strengths } = this.#fold(60_000 / bpm, WINDOW);
      const weight =
        WITHOUT_STOPS + (1 - WITHOUT_STOPS) * regularity(angles, strengths, guess.candidates.length);
      return { bpm, strength: strength * weight, weight };
    });
    const best = weighed.reduce((one, other) => (other.strength > one.strength ? other : one));
    return { bpm: best.bpm, confidence: guess.confidence * best.weight, candidates: weighed };
  }

  /** Finds where the beats lie and how evenly they come, from the accents of the last beats. */
  #locate(period: number): void {
    const now = this.#time;
    const { accents, angles, strengths } = this.#fold(period, BEATS * period);
    if (accents.length < FEWEST_ACCENTS) {
      this.#beats.retune(period, now);
      this.#consistency = undefined;
      return;
    }
    this.#consistency = 100 * regularity(angles, strengths);
    this.#consistencySum += this.#consistency;
    this.#located += 1;
    const preferred = this.#beats.beat === undefined ? 0 : ((this.#beats.beat - now) / period) * 2 * Math.PI;
    const { direction, parts } = foldAccents(angles, strengths, preferred);
    const fitted = fitBeat(accents, now + (direction / (2 * Math.PI)) * period, period, now, parts);
    this.#beats.retune(fitted.period, now);
    this.#beats.correct(fitted.beat, now);
  }

  /** The accents of the last `span` ms, and where in radians they lie from the beat that would be now. */
  #fold(period: number, span: number): { accents: MovementAccent[]; angles: number[]; strengths: number[] } {
    const now = this.#time;
    const accents = this.#accents.filter(({ timestamp }) => timestamp >= now - span);
    return {
      accents,
      angles: accents.map(({ timestamp }) => ((timestamp - now) / period) * 2 * Math.PI),
      strengths: accents.map(({ strength }) => strength),
    };
  }

  /** Why there is no rhythm to be told, in plain words; undefined when there is one. */
  #doubt(): string | undefined {
    const window = this.#window;
    if (this.#tracker.bpm === undefined) {
      if (window.isUnseen) return UNSEEN;
      if (!window.isEnough) return WATCHING;
      return this.#anchor === undefined || window.isResting ? NO_RHYTHM : NOT_AS_SET;
    }
    const unsupported = this.#time - this.#tracker.supportedAt;
    if (window.isUnseen) return unsupported > HOLD_UNSEEN ? UNSEEN : undefined;
    if (window.isResting) return unsupported > HOLD_RESTING ? NO_RHYTHM : undefined;
    return unsupported > HOLD_UNSEEN ? NO_RHYTHM : undefined;
  }

  #readings(poseId: number): readonly Reading[] {
    const now = this.#time;
    const doubt = this.#doubt();
    const { bpm: tracked } = this.#tracker;
    if (doubt !== undefined || tracked === undefined) {
      const reason = doubt ?? NO_RHYTHM;
      return [TEMPO, PHASE, CONSISTENCY].map((metric) => unknown(metric, now, poseId, reason));
    }
    const { factor } = this.#controls;
    const bpm = tracked * factor;
    const confidence = this.#tracker.confidence(now);
    const { uncertainty } = this.#tracker;
    const phase = this.#beats.phase(now);
    const consistency = this.#consistency;
    const readings = [
      known(TEMPO, now, poseId, bpm, confidence, uncertainty && uncertainty * factor),
      phase === undefined
        ? unknown(PHASE, now, poseId, TOO_FEW)
        : known(PHASE, now, poseId, phase, confidence),
      consistency === undefined
        ? unknown(CONSISTENCY, now, poseId, TOO_FEW)
        : known(CONSISTENCY, now, poseId, consistency, confidence),
    ];
    const beat = this.#beats.due(now);
    if (beat !== undefined) readings.push(known(BEAT, beat, poseId, bpm, confidence));
    return readings;
  }
}
