import type { DelayMeasurement, PaintedMessage } from '@pose-coach/core/protocol';
import type { Peer } from './peer.ts';

/** Milliseconds over which the delay is measured: OBS and pages hiccup, and five reports are enough for a median. */
const PERIOD = 5000;

/** Reports kept of one overlay: they come once a second. */
const KEPT = 8;

/** Milliseconds over which nothing is live any more: whoever reports it has a clock that cannot be compared. */
const LONGEST = 10_000;

/** Frames that anybody paints between two reports, twice over: nobody is to count for more than that. */
const MOST_FRAMES = 480;

interface Report extends Pick<PaintedMessage, 'frames' | 'median' | 'longest'> {
  readonly at: number;
}

/** How late overlays paint what the camera saw, by their own reports. */
export class PaintDelays {
  readonly #reports = new Map<Peer, Report[]>();

  note(overlay: Peer, { frames, median, longest }: PaintedMessage, now: number): void {
    if (frames === 0 || !isDelay(median) || !isDelay(longest)) return;
    const reports = this.#reports.get(overlay) ?? [];
    reports.push({ frames: Math.min(frames, MOST_FRAMES), median, longest, at: now });
    if (reports.length > KEPT) reports.shift();
    this.#reports.set(overlay, reports);
  }

  forget(overlay: Peer): void {
    this.#reports.delete(overlay);
  }

  clear(): void {
    this.#reports.clear();
  }

  /** Over all overlays and the last five seconds: the median of their medians, weighted by frames, and the longest. */
  measure(now: number): DelayMeasurement {
    const recent = [...this.#reports.values()].map((reports) =>
      reports.filter(({ at }) => now - at <= PERIOD),
    );
    const overlays = recent.filter(({ length }) => length > 0).length;
    const median = weightedMedian(recent.flat());
    if (median === undefined) {
      return {
        overlays,
        message:
          'No overlay has painted anything lately: go live, and open the overlay in OBS or in a browser window that is in sight.',
      };
    }
    const longest = Math.max(...recent.flat().map((report) => report.longest));
    return {
      median,
      longest,
      overlays,
      message: `From camera to painted overlay it takes ${Math.round(median)} ms (${overlays === 1 ? 'one overlay' : `${overlays} overlays`}, last five seconds).`,
    };
  }
}

function isDelay(milliseconds: number): boolean {
  return milliseconds >= 0 && milliseconds <= LONGEST;
}

function weightedMedian(reports: readonly Report[]): number | undefined {
  const sorted = [...reports].sort((one, other) => one.median - other.median);
  const half = sorted.reduce((sum, { frames }) => sum + frames, 0) / 2;
  let counted = 0;
  for (const { frames, median } of sorted) {
    counted += frames;
    if (counted >= half) return median;
  }
  return undefined;
}
