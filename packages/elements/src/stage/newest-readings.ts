import type { MetricId, Reading } from '@pose-coach/core';

/** Milliseconds after which a metric that is silent is not known any more. */
const SILENT_AFTER = 10_000;

/** Readings that are kept at most, of all metrics and people: a publisher tells no more at once than a few hundred. */
const MOST = 1000;

interface Heard {
  readonly reading: Reading;
  /** On the stage's clock. */
  readonly at: number;
}

/** The newest reading of each metric of one person among many, until it is ten seconds old. */
export class NewestReadings {
  /** By metric and person; those heard of longest ago stand first. */
  readonly #heard = new Map<string, Heard>();
  #cache: Readonly<Record<MetricId, Reading>> | undefined;
  #cachedFor: number | undefined;
  /** When the first of what is cached falls silent. */
  #cachedUntil = 0;

  /** @param now milliseconds on the stage's clock */
  add(readings: readonly Reading[], now: number): void {
    for (const reading of readings) {
      const key = `${reading.metric} ${reading.poseId ?? ''}`;
      // Taken out first, so that the order is that of hearing.
      this.#heard.delete(key);
      this.#heard.set(key, { reading, at: now });
    }
    this.#dropSilent(now);
    this.#cache = undefined;
  }

  /**
   * What is known of a person: their own readings, and of other metrics those about everybody. The same object as
   * long as nothing has changed.
   * @param person undefined while nobody was seen: then only what is about everybody
   */
  of(person: number | undefined, now: number): Readonly<Record<MetricId, Reading>> {
    if (this.#cache && this.#cachedFor === person && now < this.#cachedUntil) return this.#cache;
    this.#dropSilent(now);
    const known: Record<MetricId, Reading> = {};
    let until = Number.POSITIVE_INFINITY;
    for (const { reading, at } of this.#heard.values()) {
      const own = reading.poseId !== undefined;
      if (own && reading.poseId !== person) continue;
      if (!own && known[reading.metric]?.poseId !== undefined) continue;
      known[reading.metric] = reading;
      until = Math.min(until, at + SILENT_AFTER);
    }
    this.#cache = known;
    this.#cachedFor = person;
    this.#cachedUntil = until;
    return known;
  }

  /** Forgets some metrics until they are read again. */
  forget(metrics: readonly MetricId[]): void {
    for (const [key, { reading }] of this.#heard) {
      if (metrics.includes(reading.metric)) this.#heard.delete(key);
    }
    this.#cache = undefined;
  }

  clear(): void {
    this.#heard.clear();
    this.#cache = undefined;
  }

  #dropSilent(now: number): void {
    for (const [key, { at }] of this.#heard) {
      if (now - at < SILENT_AFTER && this.#heard.size <= MOST) return;
      this.#heard.delete(key);
    }
  }
}
