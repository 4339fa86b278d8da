import type { MetricId, Reading } from '../analysis/index.ts';

/** Most readings that are kept: those of a dozen people, or of far more metrics than anybody shows. */
const MAXIMUM_KEPT = 300;

/** Milliseconds of media time for which a reading stands while its metric is silent, as with `RuleCondition`. */
const STANDS_FOR = 10_000;

/** What newer readings take the place of: metric and person. No id has a space. */
export function readingKey({ metric, poseId = -1 }: Reading): string {
  return `${metric} ${poseId}`;
}

/** The newest reading of each metric and person, for whoever begins to listen later. */
export class NewestReadings {
  readonly #readings = new Map<string, Reading>();

  /** Those that still stand, by media time, in the order in which they came. */
  get all(): readonly Reading[] {
    const readings = [...this.#readings.values()];
    const now = readings.at(-1)?.timestamp ?? 0;
    // Also those of the future: a video has begun again.
    return readings.filter(({ timestamp }) => Math.abs(now - timestamp) <= STANDS_FOR);
  }

  /** @param events metrics that are not kept: what has happened does not happen again for late comers */
  add(readings: readonly Reading[], events: ReadonlySet<MetricId>): void {
    for (const reading of readings) {
      if (events.has(reading.metric)) continue;
      const key = readingKey(reading);
      // Deleted first, so that the newest stand at the end and the oldest make room.
      this.#readings.delete(key);
      this.#readings.set(key, reading);
    }
    for (const key of this.#readings.keys()) {
      if (this.#readings.size <= MAXIMUM_KEPT) break;
      this.#readings.delete(key);
    }
  }

  clear(): void {
    this.#readings.clear();
  }
}
