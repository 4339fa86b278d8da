import type { Reading } from '../../analysis/index.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';

/**
 * Sees at a glance what most readings are: in order, and a number. Several times quicker than `readingFault`, to whom
 * everything else is left. Analyzers read the same metrics in the same order frame by frame, so the metric at a place
 * is most often the one that was there before.
 */
export class UsualReadings {
  readonly #numeric: ReadonlySet<string>;
  /** By place among the readings of a step: the metric that was seen there last, and has numbers. */
  readonly #seen: string[] = [];

  constructor({ contributes }: ExtensionManifest) {
    const numeric = contributes.metrics.filter(({ kind }) => kind !== 'label');
    this.#numeric = new Set(numeric.map(({ id }) => id));
  }

  /** @returns false when it takes a closer look to know */
  has(reading: Reading, place: number): boolean {
    if (typeof reading !== 'object' || reading === null) return false;
    const { metric, timestamp, poseId, value, uncertainty, confidence } = reading;
    if (metric !== this.#seen[place]) {
      if (!this.#numeric.has(metric)) return false;
      this.#seen[place] = metric;
    }
    return (
      reading.status === 'ok' &&
      Number.isFinite(value) &&
      Number.isFinite(timestamp) &&
      Number.isFinite(confidence) &&
      confidence >= 0 &&
      confidence <= 1 &&
      (uncertainty === undefined || (Number.isFinite(uncertainty) && uncertainty >= 0)) &&
      (poseId === undefined || (Number.isSafeInteger(poseId) && poseId >= 0)) &&
      fieldCount(reading) === 5 + (poseId === undefined ? 0 : 1) + (uncertainty === undefined ? 0 : 1)
    );
  }
}

/** Those that were looked at are all there are when there are no more: that none is unknown is seen by counting. */
function fieldCount(reading: Reading): number {
  let count = 0;
  for (const _ in reading) count += 1;
  return count;
}
