import type { Reading } from '../../analysis/index.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';

/** Characters of a foreign name that are repeated in a message. */
const LONGEST_NAME = 100;

/** What each analyzer says in the manifest that it reads, by its id. */
export function listedMetrics({ contributes }: ExtensionManifest): ReadonlyMap<string, ListedMetrics> {
  return new Map(contributes.analyzers.map(({ id, metrics }) => [id, new ListedMetrics(metrics)]));
}

/**
 * The metrics that one analyzer lists, and what it has read held against them: whoever asks the manifest where a
 * metric comes from is to get the right answer.
 */
export class ListedMetrics {
  readonly #listed: ReadonlySet<string>;
  /** By place among the readings: what was found in order there last, and is there again in most frames. */
  readonly #seen: string[] = [];

  constructor(listed: readonly string[]) {
    this.#listed = new Set(listed);
  }

  /**
   * Lets readings of these metrics pass. What is no reading at all is left to `readingFault`.
   * @throws TypeError naming the metric and those that are listed
   */
  require(readings: readonly Reading[] | undefined): void {
    if (!Array.isArray(readings)) return;
    const { length } = readings;
    for (let place = 0; place < length; place += 1) {
      const metric: unknown = readings[place]?.metric;
      if (metric === this.#seen[place] || typeof metric !== 'string') continue;
      if (!this.#listed.has(metric)) throw this.#unlisted(metric);
      this.#seen[place] = metric;
    }
  }

  #unlisted(metric: string): TypeError {
    const name = metric.length > LONGEST_NAME ? `${metric.slice(0, LONGEST_NAME)}…` : metric;
    const names = [...this.#listed].join(', ') || 'none';
    return new TypeError(`it read ${name}, and the manifest lists ${names} as its metrics`);
  }
}
