import type { Analyzer, AnalyzerInput, PoseFrame, Reading, TakeSummary } from '@pose-coach/core';
import { BodyMotions } from '@pose-coach/core/analysis';
import type { DanceParts } from './dance-parts.ts';
import { Dancer } from './dancer.ts';
import {
  type DanceSummary,
  type MeasuredPerson,
  rounded,
  SUMMARY_VERSION,
  summaryReadings,
} from './take/index.ts';

/** Milliseconds without a pose after which somebody has left: as long as coaching lets what is unknown linger. */
const LEFT = 500;

/** Milliseconds in view from which somebody belongs to a take's summary; who passes through does not. */
const SHORTEST_VISIT = 2000;

/**
 * People whose take is kept, those who have left included: somebody who steps out of view comes back as another.
 * Of more, the one who was in view for the shortest time is left out of the summary.
 */
const MOST_PEOPLE = 16;

/** Readings that a host takes of one step (docs/extensions.md, the watchdog): of a crowd, the rest waits for the next. */
const MOST_READINGS = 256;

interface Visit {
  readonly dancer: Dancer;
  /** ms of media time of the newest frame with the person in it. */
  seen: number;
  /** Whether it has been said that they are gone. */
  left: boolean;
}

export interface DanceAnalyzerOptions {
  /** Parts for one more person. */
  readonly parts: () => DanceParts;
  /** Told the media time of every frame, in ms. */
  readonly onFrame: (timestamp: number) => void;
}

/** All of the dance analysis in one: how everybody moves is calculated once and shown to every part. */
export class DanceAnalyzer implements Analyzer {
  readonly #options: DanceAnalyzerOptions;
  readonly #motions = new BodyMotions();
  /** By `poseId`. */
  readonly #visits = new Map<number, Visit>();
  /** Readings that there was no room for in the step before. */
  #waiting: Reading[] = [];
  /** ms of media time of the newest frame of this epoch. */
  #now = Number.NaN;
  /** ms of the take up to the newest frame, without what lies between epochs. */
  #elapsed = 0;
  #leftOut = 0;

  constructor(options: DanceAnalyzerOptions) {
    this.#options = options;
  }

  step({ frame, beats }: AnalyzerInput): readonly Reading[] {
    this.#advance(frame.timestamp);
    for (const { id } of frame.poses) {
      const visit = this.#visits.get(id);
      if (visit) {
        visit.seen = frame.timestamp;
        visit.left = false;
      }
    }
    if (beats.length > 0) for (const { dancer, left } of this.#visits.values()) if (!left) dancer.hear(beats);
    const readings = this.#waiting;
    this.#waiting = [];
    for (const motion of this.#motions.step(frame)) {
      this.#visit(motion.poseId, frame.timestamp).dancer.step(frame, motion, this.#elapsed, readings);
    }
    this.#look(frame, readings);
    if (readings.length > MOST_READINGS) this.#waiting = readings.splice(MOST_READINGS);
    return readings;
  }

  reset(): void {
    this.#motions.reset();
    this.#waiting = [];
    this.#now = Number.NaN;
    for (const visit of this.#visits.values()) {
      visit.dancer.reset();
      visit.seen = -Infinity;
      // A new epoch begins with no readings: there is nothing to take back.
      visit.left = true;
    }
  }

  finish(): TakeSummary {
    const people: MeasuredPerson[] = [];
    for (const { dancer } of this.#visits.values()) {
      const { summary, media } = dancer.finish();
      if (summary.inView >= SHORTEST_VISIT) people.push({ summary: rounded(summary), media });
    }
    const summary: DanceSummary = {
      version: SUMMARY_VERSION,
      duration: Math.round(this.#elapsed),
      people: people.map(({ summary: person }) => person),
      peopleLeftOut: this.#leftOut,
    };
    this.#beginTake();
    return { readings: summaryReadings(people), details: summary };
  }

  #advance(timestamp: number): void {
    if (timestamp > this.#now) this.#elapsed += timestamp - this.#now;
    this.#now = timestamp;
    this.#options.onFrame(timestamp);
  }

  /** Begins with the first motion: of a crowd, only so many people are measured. */
  #visit(poseId: number, now: number): Visit {
    const known = this.#visits.get(poseId);
    if (known) return known;
    if (this.#visits.size >= MOST_PEOPLE) this.#leaveOutShortest();
    const visit = { dancer: new Dancer(poseId, this.#options.parts()), seen: now, left: false };
    this.#visits.set(poseId, visit);
    return visit;
  }

  /** Says once of everybody who has left that nothing is known of them. */
  #look({ timestamp }: PoseFrame, readings: Reading[]): void {
    for (const visit of this.#visits.values()) {
      if (visit.left || timestamp - visit.seen < LEFT) continue;
      visit.left = true;
      readings.push(...visit.dancer.leave(timestamp));
    }
  }

  #leaveOutShortest(): void {
    const visits = [...this.#visits.values()];
    const gone = visits.filter(({ left }) => left);
    const shortest = (gone.length > 0 ? gone : visits).reduce((one, other) =>
      other.dancer.inView < one.dancer.inView ? other : one,
    );
    if (shortest.dancer.inView >= SHORTEST_VISIT) this.#leftOut += 1;
    this.#visits.delete(shortest.dancer.poseId);
  }

  /** Only who is in view goes over into the next take. */
  #beginTake(): void {
    for (const [poseId, { left }] of this.#visits) {
      if (left) this.#visits.delete(poseId);
    }
    this.#elapsed = 0;
    this.#leftOut = 0;
  }
}
