import type { MetricId, Reading } from '../../analysis/index.ts';

/** People per metric whose last reading is kept: many come and go in an hour, few are ever in view together. */
const PEOPLE = 32;

/** The last reading of each metric and person, of the newest epoch only. */
export class LatestReadings {
  readonly #byMetric = new Map<MetricId, Map<number | undefined, Reading>>();

  add(readings: readonly Reading[]): void {
    for (const reading of readings) {
      let people = this.#byMetric.get(reading.metric);
      if (people === undefined) {
        people = new Map();
        this.#byMetric.set(reading.metric, people);
      }
      // Taken out first, so that those heard of longest ago stand first; one alone stands right anyhow.
      if (people.size > 1) people.delete(reading.poseId);
      people.set(reading.poseId, reading);
      if (people.size > PEOPLE) {
        const [oldest] = people.keys();
        people.delete(oldest);
      }
    }
  }

  of(metric: MetricId): readonly Reading[] {
    return [...(this.#byMetric.get(metric)?.values() ?? [])];
  }

  /** Forgets what an extension that is gone has said. */
  forget(metrics: readonly MetricId[]): void {
    for (const metric of metrics) this.#byMetric.delete(metric);
  }

  clear(): void {
    this.#byMetric.clear();
  }
}
