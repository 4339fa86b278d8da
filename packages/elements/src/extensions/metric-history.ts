import type { MetricId, Reading } from '@pose-coach/core';

/** A moment of a series; no values where they are unknown: the line is broken there. */
export interface SeriesPoint {
  /** Milliseconds of media time. */
  readonly timestamp: number;
  readonly values: readonly number[];
}

/** What has been read of one metric about one person, or about everybody. */
export interface MetricPast {
  /** Oldest first, none older than `SERIES_SPAN`. */
  readonly points: readonly SeriesPoint[];
  /** How often it has happened: known readings that are not `false`. */
  readonly events: number;
}

interface Past {
  points: SeriesPoint[];
  events: number;
  timestamp: number;
}

/** Milliseconds of media time that a series shows: a few breaths, repetitions or bars of music. */
export const SERIES_SPAN = 20_000;

/** Milliseconds of media time after its last reading for which a person still counts as there: unknowns come once a second. */
const PRESENT = 2000;

/** Milliseconds of media time after which what was read of a person who has left is forgotten. */
const FORGET_AFTER = 60_000;

const NOTHING: MetricPast = { points: [], events: 0 };

/**
 * Remembers readings for as long as they are shown. Time going back means another take: what was before it is
 * forgotten.
 */
export class MetricHistory {
  readonly #pasts = new Map<string, Past>();
  /** When each person was last spoken of. */
  readonly #seen = new Map<number, number>();
  #now = Number.NEGATIVE_INFINITY;

  /** The newest moment that any reading spoke of, in ms of media time. */
  get now(): number {
    return this.#now;
  }

  /** Whom to look at: of those who are there the first to have come, or who was there last; nobody before the first. */
  get person(): number | undefined {
    let last: number | undefined;
    let lastSeen = Number.NEGATIVE_INFINITY;
    for (const [poseId, seen] of this.#seen) {
      if (seen >= this.#now - PRESENT) return poseId;
      if (seen > lastSeen) {
        last = poseId;
        lastSeen = seen;
      }
    }
    return last;
  }

  add(readings: readonly Reading[]): void {
    for (const reading of readings) this.#add(reading);
    for (const [poseId, seen] of this.#seen) if (seen < this.#now - FORGET_AFTER) this.#forget(poseId);
  }

  of(metric: MetricId, poseId: number | undefined): MetricPast {
    return this.#pasts.get(key(metric, poseId)) ?? NOTHING;
  }

  clear(): void {
    this.#pasts.clear();
    this.#seen.clear();
    this.#now = Number.NEGATIVE_INFINITY;
  }

  #add(reading: Reading): void {
    const { metric, poseId, timestamp, status, value } = reading;
    const name = key(metric, poseId);
    let past = this.#pasts.get(name);
    if (past && timestamp < past.timestamp) {
      // Readings of other metrics may still be on their way: only time itself starts anew with this one.
      this.#now = timestamp;
      this.#seen.clear();
      past = undefined;
    }
    past ??= { points: [], events: 0, timestamp };
    this.#pasts.set(name, past);
    past.timestamp = timestamp;
    if (poseId !== undefined)
      this.#seen.set(poseId, Math.max(this.#seen.get(poseId) ?? timestamp, timestamp));
    this.#now = Math.max(this.#now, timestamp);
    if (status === 'ok' && value !== false) past.events++;
    past.points.push({ timestamp, values: status === 'ok' ? numbers(value) : [] });
    const first = past.points.findIndex((point) => point.timestamp >= timestamp - SERIES_SPAN);
    if (first > 0) past.points.splice(0, first);
  }

  #forget(poseId: number): void {
    this.#seen.delete(poseId);
    for (const name of this.#pasts.keys()) if (name.endsWith(` ${poseId}`)) this.#pasts.delete(name);
  }
}

function numbers(value: Reading['value']): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' ? value : [];
}

function key(metric: MetricId, poseId: number | undefined): string {
  return poseId === undefined ? metric : `${metric} ${poseId}`;
}
