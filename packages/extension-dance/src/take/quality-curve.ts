import type { Reading } from '@pose-coach/core';

/** What the quality of a stretch is judged by; each is a metric from 0 to 100. */
export const CRITERIA = {
  onBeat: 'dance.onBeat',
  consistency: 'dance.rhythm.consistency',
  smoothness: 'dance.smoothness',
} as const;

export type Criterion = keyof typeof CRITERIA;

/** Milliseconds of the take that one point of the curve stands for. */
export const STEP = 2000;

/** Points that are kept: an hour. */
const MOST = 1800;

/** The lowest confidence of a reading that counts: more likely right than not. */
const SURE = 0.5;

const INTENSITY = 'dance.intensity';
const CHANNELS: readonly string[] = [INTENSITY, ...Object.values(CRITERIA)];

/** Some seconds of a take: means of what was read of them, 0 to 100; what was not known is absent. */
export interface QualityPoint {
  /** Milliseconds of the take at which these two seconds begin. */
  readonly from: number;
  /** The same in media time, give or take what readings are late: it begins anew where the media does. */
  readonly media: number;
  readonly intensity?: number;
  readonly onBeat?: number;
  readonly consistency?: number;
  readonly smoothness?: number;
}

/**
 * How well one person did over a take, two seconds by two seconds, from the live readings of four metrics. An hour at
 * most; what comes later is not kept.
 */
export class QualityCurve {
  /** By point and channel: sum of values and number of readings. Grown by doubling. */
  #sums = new Float32Array(0);
  #counts = new Uint16Array(0);
  /** By point: ms of media time at which it begins, from its first reading; NaN when there was none. */
  #media = new Float64Array(0);
  #length = 0;

  /**
   * @param at milliseconds of the take, which goes on while media time may begin anew, which the reading speaks of
   */
  add({ metric, status, value, confidence, timestamp }: Reading, at: number): void {
    const channel = CHANNELS.indexOf(metric);
    if (channel === -1 || status !== 'ok' || typeof value !== 'number' || confidence < SURE) return;
    const point = Math.floor(at / STEP);
    if (!(point >= 0 && point < MOST)) return;
    this.#makeRoom(point);
    if (Number.isNaN(this.#media[point] ?? 0)) this.#media[point] = timestamp - (at - point * STEP);
    const place = point * CHANNELS.length + channel;
    this.#sums[place] = (this.#sums[place] ?? 0) + value;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** Those of which something is known, oldest first. */
  get points(): readonly QualityPoint[] {
    return Array.from({ length: this.#length }, (_, point) => point)
      .filter((point) => !Number.isNaN(this.#media[point] ?? Number.NaN))
      .map((point) => {
        const entries = (['intensity', ...Object.keys(CRITERIA)] as const).flatMap((name, channel) => {
          const place = point * CHANNELS.length + channel;
          const count = this.#counts[place] ?? 0;
          return count === 0 ? [] : [[name, (this.#sums[place] ?? 0) / count] as const];
        });
        return {
          from: point * STEP,
          media: this.#media[point] ?? Number.NaN,
          ...Object.fromEntries(entries),
        };
      });
  }

  clear(): void {
    this.#sums = new Float32Array(0);
    this.#counts = new Uint16Array(0);
    this.#media = new Float64Array(0);
    this.#length = 0;
  }

  #makeRoom(point: number): void {
    this.#length = Math.max(this.#length, point + 1);
    const needed = this.#length * CHANNELS.length;
    if (needed <= this.#sums.length) return;
    const points = Math.min(MOST, Math.max(this.#length, 2 * this.#media.length));
    const sums = new Float32Array(points * CHANNELS.length);
    const counts = new Uint16Array(points * CHANNELS.length);
    const media = new Float64Array(points).fill(Number.NaN);
    sums.set(this.#sums);
    counts.set(this.#counts);
    media.set(this.#media);
    this.#sums = sums;
    this.#counts = counts;
    this.#media = media;
  }
}
