import type { Disposable } from '../../base/index.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';

/** What is wanted now, as activation events say it. Commands and engines are wanted one by one, when they are called for. */
export class Wishes {
  #frames = false;
  readonly #watched = new Map<string, number>();
  /** Events of the metrics that rules as data look at: from the first frame on, before which there is nothing to judge. */
  #judged: ReadonlySet<string> = new Set();

  /** @returns whether this is the first frame: analyzers, rules and filters are wanted from now on */
  sawFrame(): boolean {
    const first = !this.#frames;
    this.#frames = true;
    return first;
  }

  /** Somebody looks at a metric until the returned `Disposable` is disposed. */
  watch(metric: string): Disposable {
    const event = `onMetric:${metric}`;
    this.#watched.set(event, (this.#watched.get(event) ?? 0) + 1);
    let looking = true;
    return {
      dispose: () => {
        if (!looking) return;
        looking = false;
        const others = (this.#watched.get(event) ?? 0) - 1;
        if (others > 0) this.#watched.set(event, others);
        else this.#watched.delete(event);
      },
    };
  }

  /** The metrics that rules as data look at now. */
  setJudged(metrics: readonly string[]): void {
    this.#judged = new Set(metrics.map((metric) => `onMetric:${metric}`));
  }

  include({ activationEvents }: ExtensionManifest): boolean {
    return activationEvents.some(
      (event) =>
        event === 'onStartup' ||
        (this.#frames &&
          (event === 'onFrame' || event.startsWith('onAnalyzer:') || this.#judged.has(event))) ||
        this.#watched.has(event),
    );
  }
}
