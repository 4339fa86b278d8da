import type { Reading } from '../../analysis/index.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';

/** Characters of a foreign name that are repeated in a message. */
const LONGEST_NAME = 100;

/** What each analyzer says in the manifest that it reads, by its id. */
export function listedMetrics({ contributes }: ExtensionManifest): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(contributes.analyzers.map(({ id, metrics }) => [id, new Set(metrics)]));
}

/**
 * Holds what an analyzer has read against the metrics that it lists: whoever asks the manifest where a metric comes
 * from is to get the right answer. What is no reading at all is left to `readingFault`.
 * @param listed by the analyzer
 * @throws TypeError naming the metric and those that are listed
 */
export function requireListed(
  readings: readonly Reading[] | undefined,
  listed: ReadonlySet<string> | undefined,
): void {
  if (!Array.isArray(readings) || listed === undefined) return;
  let last: unknown;
  for (const reading of readings) {
    const metric: unknown = reading?.metric;
    // Most analyzers read one metric of everybody: looked up once.
    if (metric === last || typeof metric !== 'string') continue;
    if (!listed.has(metric)) {
      const name = metric.length > LONGEST_NAME ? `${metric.slice(0, LONGEST_NAME)}…` : metric;
      const names = [...listed].join(', ') || 'none';
      throw new TypeError(`it read ${name}, and the manifest lists ${names} as its metrics`);
    }
    last = metric;
  }
}
