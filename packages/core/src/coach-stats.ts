import type { EstimatorInfo } from './inference/index.ts';
import type { PoseFrame } from './pose/index.ts';

/** Live numbers over the last two seconds of results. */
export interface CoachStats {
  /** Results per second. */
  readonly rate: number;
  /** Median milliseconds from capture to result; undefined while there is no result to speak of. */
  readonly delay: number | undefined;
  /** Source frames skipped since the source was opened: set, or gone on with after a pause. */
  readonly dropped: number;
  /** Median milliseconds per stage. */
  readonly stages: Readonly<Record<string, number>>;
  readonly info: EstimatorInfo | undefined;
}

/** How far back the numbers look, in ms: long enough to be readable, short enough to follow a change. */
const SPAN = 2000;

interface Result {
  readonly arrivedAt: number;
  readonly delay: number;
  readonly stages: Readonly<Record<string, number>>;
}

/** Gathers results as they arrive and sums up the last two seconds. Its clock is its caller's. */
export class StatsWindow {
  #results: Result[] = [];
  #dropped = 0;
  #startedAt: number | undefined;

  /** @param now ms since the Unix epoch, as the frame's `capturedAt` */
  add(frame: PoseFrame, now: number): void {
    this.#startedAt ??= now;
    this.#dropped += frame.dropped;
    this.#results.push({
      arrivedAt: now,
      delay: now - frame.timings.capturedAt,
      stages: frame.timings.stages,
    });
    this.#forget(now);
  }

  /** Starts counting anew, as when the source changes. */
  reset(): void {
    this.#results = [];
    this.#dropped = 0;
    this.#startedAt = undefined;
  }

  /** @param now ms since the Unix epoch */
  summarize(now: number, info: EstimatorInfo | undefined): CoachStats {
    this.#forget(now);
    const span = Math.min(SPAN, now - (this.#startedAt ?? now));
    const names = new Set(this.#results.flatMap(({ stages }) => Object.keys(stages)));
    const stages: Record<string, number> = {};
    for (const name of names) {
      const value = median(this.#results.flatMap((result) => result.stages[name] ?? []));
      if (value !== undefined) stages[name] = value;
    }
    return {
      rate: span > 0 ? (this.#results.length * 1000) / span : 0,
      delay: median(this.#results.map(({ delay }) => delay)),
      dropped: this.#dropped,
      stages,
      info,
    };
  }

  #forget(now: number): void {
    const first = this.#results.findIndex(({ arrivedAt }) => now - arrivedAt < SPAN);
    if (first !== 0) this.#results = first < 0 ? [] : this.#results.slice(first);
  }
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
