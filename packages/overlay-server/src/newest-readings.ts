import type { Reading } from '@pose-coach/core/analysis';

/** Readings that are kept for late joiners: ten people with thirty metrics each. */
const KEPT = 300;

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
    for (const oldest of this.#readings.keys()) {
      if (this.#readings.size <= KEPT) break;
      this.#readings.delete(oldest);
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
