import type { Reading } from '@pose-coach/core/analysis';

/** Readings that are kept for late joiners: ten people with thirty metrics each. */
const KEPT = 300;

/**
 * Milliseconds of media time after which what nobody repeats is not known any more, as for rules: somebody who has
 * left is not to be read for ever.
 */
const LONGEST_SILENCE = 10_000;

/** The newest reading of every metric and person, for whoever joins later. */
export class NewestReadings {
  readonly #readings = new Map<string, Reading>();

  note(readings: readonly Reading[]): void {
    for (const reading of readings) {
      const key = `${reading.metric} ${reading.poseId ?? ''}`;
      // What was read last stands last, and what has not been read for longest is forgotten first.
      this.#readings.delete(key);
      this.#readings.set(key, reading);
    }
    let newest = -Infinity;
    for (const { timestamp } of this.#readings.values()) newest = Math.max(newest, timestamp);
    for (const [key, { timestamp }] of this.#readings) {
      if (this.#readings.size > KEPT || newest - timestamp > LONGEST_SILENCE) this.#readings.delete(key);
    }
  }

  list(): readonly Reading[] {
    return [...this.#readings.values()];
  }

  /** Of a metric: that of nobody in particular, or of the person with the lowest number. */
  of(metric: string): Reading | undefined {
    let found: Reading | undefined;
    for (const reading of this.#readings.values()) {
      if (reading.metric !== metric) continue;
      if (found === undefined || (reading.poseId ?? -1) < (found.poseId ?? -1)) found = reading;
    }
    return found;
  }

  clear(): void {
    this.#readings.clear();
  }
}
