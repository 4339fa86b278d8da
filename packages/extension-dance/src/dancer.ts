import type { Beat, PoseFrame, Reading } from '@pose-coach/core';
import type { BodyMotion } from '@pose-coach/core/analysis';
import type { DancePart } from './dance-part.ts';
import { type DanceParts, EVENTS, everyPart } from './dance-parts.ts';
import { FrameRate, TOO_FEW_FRAMES } from './frame-rate.ts';
import { hardlyKnown } from './hardly-known.ts';
import type { MeasuredPerson } from './take/index.ts';
import { bestAndWorst, QualityCurve } from './take/index.ts';

const NO_BEATS: readonly Beat[] = [];

/** Beats kept for somebody of whom nothing can be measured for a while: half a minute at 120 BPM. */
const MOST_BEATS = 64;

/** Milliseconds without a measurement after which movement is no longer taken to have gone on. */
const DISCONTINUITY = 2500;

/** Milliseconds between two readings that say alike that something is unknown. */
const UNKNOWN_INTERVAL = 1000;

/** Begins the names of metrics that have reasons of their own for not being known: the music's. */
const OF_THE_MUSIC = 'dance.onBeat';

/** All that is asked of one person, and what of the take concerns them. */
export class Dancer {
  readonly poseId: number;
  readonly #parts: DanceParts;
  readonly #everyPart: readonly DancePart[];
  readonly #quality = new QualityCurve();
  readonly #frameRate = new FrameRate();
  #beats: Beat[] = [];
  /** By metric: when it was last read, and why it was unknown if it was. */
  readonly #last = new Map<string, { reason: string | undefined; timestamp: number }>();
  /** ms of media time of the newest motion in this epoch. */
  #newest = Number.NaN;
  /** ms of the take at its first and last motion. */
  #start = Number.NaN;
  #end = Number.NaN;
  /** ms of media time of the take's earliest and latest motion. */
  #earliest = Number.POSITIVE_INFINITY;
  #latest = Number.NEGATIVE_INFINITY;
  #inView = 0;

  constructor(poseId: number, parts: DanceParts) {
    this.poseId = poseId;
    this.#parts = parts;
    this.#everyPart = everyPart(parts);
  }

  /** Milliseconds for which the person was measured in this take. */
  get inView(): number {
    return this.#inView;
  }

  /** Beats of the music, to be heard with the next motion. */
  hear(beats: readonly Beat[]): void {
    this.#beats.push(...beats);
    if (this.#beats.length > MOST_BEATS) this.#beats.splice(0, this.#beats.length - MOST_BEATS);
  }

  /**
   * One motion further.
   * @param now ms of the take at the frame
   * @param readings where what is new to say is added
   */
  step(frame: PoseFrame, motion: BodyMotion, now: number, readings: Reading[]): void {
    const gap = motion.timestamp - this.#newest;
    // Time that goes back without a new epoch breaks off like one.
    if (gap > DISCONTINUITY || gap < 0) this.reset();
    else if (gap > 0) this.#inView += gap;
    this.#newest = motion.timestamp;
    // Motion speaks of a moment before the frame, and the first of a take of one before the take.
    const at = Math.max(0, now - motion.delay);
    if (Number.isNaN(this.#start)) this.#start = at;
    this.#end = at;
    this.#earliest = Math.min(this.#earliest, motion.timestamp);
    this.#latest = Math.max(this.#latest, motion.timestamp);
    const heard = this.#beats.length > 0;
    this.#frameRate.step(motion);
    const moment = { frame, motion, beats: heard ? this.#beats : NO_BEATS };
    for (const part of this.#everyPart) {
      for (const found of part.step(moment)) {
        const reading = this.#honest(found);
        if (this.#isNews(reading)) readings.push(reading);
        this.#quality.add(reading, at);
      }
    }
    if (heard) this.#beats = [];
  }

  /** What is no better than a guess is unknown, and what is unknown for want of frames says so. */
  #honest(reading: Reading): Reading {
    const { metric, timestamp, status } = reading;
    const doubt = hardlyKnown(reading);
    const isUnknown = status === 'unknown' || doubt !== undefined;
    const wants = isUnknown && this.#frameRate.isTooLow && !metric.startsWith(OF_THE_MUSIC);
    const reason = wants ? TOO_FEW_FRAMES : doubt;
    if (reason === undefined) return reading;
    return { metric, timestamp, poseId: this.poseId, status: 'unknown', reason, confidence: 0 };
  }

  /** What is unknown for the same reason as before is said again once a second, and not with every frame. */
  #isNews({ metric, status, reason, timestamp }: Reading): boolean {
    const before = this.#last.get(metric);
    if (before === undefined) {
      this.#last.set(metric, { reason, timestamp });
      return true;
    }
    if (status === 'unknown' && reason === before.reason) {
      const since = timestamp - before.timestamp;
      if (since >= 0 && since < UNKNOWN_INTERVAL) return false;
    }
    before.reason = reason;
    before.timestamp = timestamp;
    return true;
  }

  /** What follows continues nothing; the take goes on. */
  reset(): void {
    for (const part of this.#everyPart) part.reset();
    this.#frameRate.reset();
    this.#beats = [];
    this.#last.clear();
    this.#newest = Number.NaN;
  }

  /** The person is not in view any more. @returns what has been read of them and is not known now, once */
  leave(timestamp: number): readonly Reading[] {
    const metrics = [...this.#last.keys()];
    this.#last.clear();
    // What happened stays true.
    return metrics
      .filter((metric) => !EVENTS.has(metric))
      .map((metric) => ({
        metric,
        timestamp,
        poseId: this.poseId,
        status: 'unknown',
        reason: 'Not in view.',
        confidence: 0,
      }));
  }

  /** Sums up the take, and begins a new one with the next motion. */
  finish(): MeasuredPerson {
    const { movement, intensity, activity, smoothness, rhythm, onBeat, patterns } = this.#parts;
    const summary = {
      poseId: this.poseId,
      start: this.#start,
      end: this.#end,
      inView: this.#inView,
      movement: movement.finish(),
      intensity: intensity.finish(),
      activity: activity.finish(),
      smoothness: smoothness.finish(),
      rhythm: rhythm.finish(),
      onBeat: onBeat.finish(),
      patterns: patterns.finish(),
      ...bestAndWorst(this.#quality.points, this.#end),
    };
    const media = { start: this.#earliest, end: this.#latest };
    this.#quality.clear();
    this.#start = Number.NaN;
    this.#end = Number.NaN;
    this.#earliest = Number.POSITIVE_INFINITY;
    this.#latest = Number.NEGATIVE_INFINITY;
    this.#inView = 0;
    return { summary, media };
  }
}
