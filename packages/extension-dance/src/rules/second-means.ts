import type { Reading } from '@pose-coach/core/extension';

/** The lowest confidence of a reading that a rule goes by: more likely right than not, as for rules that are data. */
const SURE = 0.5;

/** Readings speak of windows of about two seconds, so that of neighbouring seconds every other one is news. */
const SHARED = 2;

/** A reading of a number that is sure enough to be repeated to a person. */
export type SureReading = Reading & { readonly value: number };

export function isSure(reading: Reading): reading is SureReading {
  return reading.status === 'ok' && reading.confidence >= SURE && typeof reading.value === 'number';
}

/** The mean of a metric over some seconds. */
export interface SecondsMean {
  readonly mean: number;
  /** Half width of the range in which the mean lies with about 95 %: what the readings say, and how they scatter. */
  readonly uncertainty: number;
  /** Seconds in which there was a sure reading. */
  readonly seconds: number;
}

/**
 * A metric's means second by second, for the newest seconds of one person. A second without a sure reading is a gap
 * and not a value.
 */
export class SecondMeans {
  readonly #length: number;
  readonly #sum: Float64Array;
  readonly #uncertainty: Float64Array;
  readonly #count: Float64Array;
  /** Whole seconds of media time; everything later is empty. */
  #newest = Number.NaN;

  /** @param length seconds that are kept */
  constructor(length: number) {
    this.#length = length;
    this.#sum = new Float64Array(length);
    this.#uncertainty = new Float64Array(length);
    this.#count = new Float64Array(length);
  }

  /** Readings that are not sure, and those from before what is kept, are left out. */
  add(reading: Reading): void {
    if (!isSure(reading)) return;
    const second = Math.floor(reading.timestamp / 1000);
    if (Number.isNaN(this.#newest)) this.#newest = second;
    if (second <= this.#newest - this.#length) return;
    for (let next = Math.max(this.#newest + 1, second - this.#length + 1); next <= second; next += 1) {
      const place = this.#place(next);
      this.#sum[place] = 0;
      this.#uncertainty[place] = 0;
      this.#count[place] = 0;
    }
    this.#newest = Math.max(this.#newest, second);
    const place = this.#place(second);
    this.#sum[place] = (this.#sum[place] ?? 0) + reading.value;
    this.#uncertainty[place] = (this.#uncertainty[place] ?? 0) + (reading.uncertainty ?? 0);
    this.#count[place] = (this.#count[place] ?? 0) + 1;
  }

  /**
   * @param now ms of media time
   * @param from how many seconds before now the stretch begins
   * @param to how many seconds before now it ends; default: now
   * @returns undefined when there is no sure reading in it
   */
  mean(now: number, from: number, to = 0): SecondsMean | undefined {
    const second = Math.floor(now / 1000);
    const means: number[] = [];
    let uncertainty = 0;
    for (let ago = to; ago < from; ago += 1) {
      const at = second - ago;
      if (at > this.#newest || at <= this.#newest - this.#length) continue;
      const place = this.#place(at);
      const count = this.#count[place] ?? 0;
      if (count === 0) continue;
      means.push((this.#sum[place] ?? 0) / count);
      uncertainty += (this.#uncertainty[place] ?? 0) / count;
    }
    const seconds = means.length;
    if (seconds === 0) return undefined;
    const mean = means.reduce((sum, each) => sum + each, 0) / seconds;
    const variance =
      seconds < 2 ? 0 : means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (seconds - 1);
    const scatter = 2 * Math.sqrt((SHARED * variance) / seconds);
    return { mean, uncertainty: Math.hypot(uncertainty / seconds, scatter), seconds };
  }

  #place(second: number): number {
    return ((second % this.#length) + this.#length) % this.#length;
  }
}
