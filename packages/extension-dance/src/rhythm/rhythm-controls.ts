import { PoseCoachError } from '@pose-coach/core';

/** Beats per minute that a person may set: slower and faster than anybody dances to. */
const SLOWEST = 30;
const FASTEST = 300;

/** How often a tempo can be halved or doubled in one direction: further is no tempo of a dance. */
const MOST_OCTAVES = 2;

/** Milliseconds between two taps at least: what comes sooner is the same one, of a finger or a button that bounces. */
const SHORTEST_PAUSE = 60_000 / FASTEST;

/** Milliseconds between two taps at most: what comes later begins anew. */
const LONGEST_PAUSE = 60_000 / SLOWEST;

/** Taps that a tempo is made of: the newest eight, so that who taps on is followed. */
const MOST_TAPS = 8;

/** Taps without which there is no tempo: two may be anything. */
const FEWEST_TAPS = 3;

/** Share by which a tap may miss the rhythm of the others; one that misses by more begins a new rhythm. */
const TAP_TOLERANCE = 0.35;

/**
 * What a person knows of the tempo better than any analyzer: one object for all who are seen, shared by the commands
 * and every `RhythmPart`. A tempo that is set or tapped is *the* tempo: the tracker stays within 8 % of it and follows
 * the movement there. Halving and doubling shift the octave. Both last until `reset`.
 */
export class RhythmControls {
  #tempo: number | undefined;
  #octaves = 0;
  #taps: number[] = [];

  /** Beats per minute that the person has set or tapped, halved and doubled as asked; undefined without. */
  get tempo(): number | undefined {
    return this.#tempo;
  }

  /** What the tempo that the tracker finds by itself is multiplied by: ¼, ½, 1, 2 or 4; 1 while a tempo is set. */
  get factor(): number {
    return this.#tempo === undefined ? 2 ** this.#octaves : 1;
  }

  /** Taps to come until a row that has begun makes a tempo; 0 when none has begun, too. */
  get missingTaps(): number {
    return this.#taps.length === 0 ? 0 : Math.max(0, FEWEST_TAPS - this.#taps.length);
  }

  /**
   * One tap of a finger to the beat. From the third of a row on, the tempo is that of the taps.
   * @param timestamp ms of the frames' media time: the newest frame's, which is as late as the picture the person sees
   * @returns the tempo now set, in beats per minute; undefined while there are too few taps
   * @throws PoseCoachError `OPTION_INVALID` when the timestamp is not a number
   */
  tapTempo(timestamp: number): number | undefined {
    if (!Number.isFinite(timestamp)) {
      throw new PoseCoachError('OPTION_INVALID', 'Tap the tempo while the camera or a video is running.');
    }
    const pause = timestamp - (this.#taps.at(-1) ?? Number.NEGATIVE_INFINITY);
    if (pause >= 0 && pause < SHORTEST_PAUSE) return this.missingTaps > 0 ? undefined : this.#tempo;
    this.#taps = [...continued(this.#taps, timestamp), timestamp].slice(-MOST_TAPS);
    const first = this.#taps[0];
    if (first === undefined || this.missingTaps > 0) return undefined;
    this.#tempo = (60_000 * (this.#taps.length - 1)) / (timestamp - first);
    this.#octaves = 0;
    return this.#tempo;
  }

  /**
   * @param bpm beats per minute, 30 to 300
   * @throws PoseCoachError `OPTION_INVALID` when it is anything else
   */
  setTempo(bpm: number): void {
    if (!(Number.isFinite(bpm) && bpm >= SLOWEST && bpm <= FASTEST)) {
      throw new PoseCoachError(
        'OPTION_INVALID',
        `Give the tempo as a number of beats per minute from ${SLOWEST} to ${FASTEST}.`,
      );
    }
    this.#tempo = bpm;
    this.#octaves = 0;
    this.#taps = [];
  }

  /** @throws PoseCoachError `OPTION_INVALID` when the tempo would be too slow */
  halve(): void {
    this.#shift(-1);
  }

  /** @throws PoseCoachError `OPTION_INVALID` when the tempo would be too fast */
  double(): void {
    this.#shift(1);
  }

  /** Leaves the tempo to the tracker again. */
  reset(): void {
    this.#tempo = undefined;
    this.#octaves = 0;
    this.#taps = [];
  }

  #shift(octaves: 1 | -1): void {
    const word = octaves > 0 ? 'doubled' : 'halved';
    this.#taps = [];
    if (this.#tempo !== undefined) {
      const shifted = this.#tempo * 2 ** octaves;
      if (shifted < SLOWEST || shifted > FASTEST) {
        throw new PoseCoachError(
          'OPTION_INVALID',
          `A tempo of ${Math.round(this.#tempo)} beats per minute cannot be ${word}: it must stay from ${SLOWEST} to ${FASTEST}.`,
        );
      }
      this.#tempo = shifted;
      return;
    }
    if (Math.abs(this.#octaves + octaves) > MOST_OCTAVES) {
      throw new PoseCoachError(
        'OPTION_INVALID',
        `The tempo cannot be ${word} any more: reset it, or set the tempo that is meant.`,
      );
    }
    this.#octaves += octaves;
  }
}

/** The taps that a further one continues: none when it comes too late, too early, or out of their rhythm. */
function continued(taps: readonly number[], timestamp: number): readonly number[] {
  const first = taps[0];
  const last = taps.at(-1);
  if (first === undefined || last === undefined) return [];
  const interval = timestamp - last;
  if (interval <= 0 || interval > LONGEST_PAUSE) return [];
  if (taps.length < 2) return taps;
  const usual = (last - first) / (taps.length - 1);
  return Math.abs(interval - usual) > TAP_TOLERANCE * usual ? [last] : taps;
}
