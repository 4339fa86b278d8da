import type { Beat } from '@pose-coach/core';

/** Beats that are kept: sixteen are looked back at, and some more. */
const KEPT = 32;

/** Intervals whose median is the music's beat. */
const INTERVALS = 8;

/** Shortest and longest beat in ms that is one: 300 and 30 BPM. */
const SHORTEST = 200;
const LONGEST = 2000;

/** Share of a beat between two beats from which one is missing between them. */
const MISSING = 1.5;

/** ms without a beat after which there is no music. */
const SILENCE = 3000;

/** ms for which a beat that should have come is waited for. */
const PATIENCE = 1500;

/** Where a moment lies in the music. */
export interface PlaceInMusic {
  /** ms from the beat next to it; negative: before. */
  readonly offset: number;
  /** ms from beat to beat. */
  readonly period: number;
  /** In [0, 1]: how sure it is that the music has that beat there. */
  readonly sureness: number;
}

/** The newest beats of the music, and where moments lie between them. */
export class MusicBeats {
  #times: number[] = [];
  /** One for each time. */
  #surenesses: number[] = [];
  #period: number | undefined;
  #count = 0;

  /** Beats that there have been. */
  get count(): number {
    return this.#count;
  }

  /** ms from beat to beat: the median of the newest intervals; undefined before the third beat. */
  get period(): number | undefined {
    return this.#period;
  }

  /** @param beats oldest first; what is not later than the beat before is left out */
  add(beats: readonly Beat[]): void {
    for (const { timestamp, strength } of beats) {
      const last = this.#times.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (!(timestamp - last >= SHORTEST)) continue;
      // After a silence it is another piece, or the same one with another beat.
      if (timestamp - last > SILENCE) this.#forget();
      this.#times = [...this.#times, timestamp].slice(-KEPT);
      this.#surenesses = [...this.#surenesses, strength >= 0 ? Math.min(1, strength) : 0].slice(-KEPT);
      this.#count += 1;
      this.#period = periodOf(this.#times);
    }
  }

  /** Whether there has been a beat within three seconds before a moment. */
  isPlaying(now: number): boolean {
    return this.#period !== undefined && now - (this.#times.at(-1) ?? Number.NEGATIVE_INFINITY) <= SILENCE;
  }

  /**
   * Where a moment lies in the music.
   * @param timestamp ms of media time
   * @param now ms of media time of the newest frame
   * @returns `later` while its next beat is still to come; undefined when there was no music around it
   */
  placeOf(timestamp: number, now: number): PlaceInMusic | 'later' | undefined {
    const period = this.#period;
    const last = this.#times.at(-1);
    if (period === undefined || last === undefined) return now - timestamp > PATIENCE ? undefined : 'later';
    if (timestamp - last > period / 2 && now - timestamp <= PATIENCE) return 'later';
    let offset = Number.POSITIVE_INFINITY;
    let sureness = 0;
    for (let index = this.#times.length - 1; index >= 0; index -= 1) {
      const distance = timestamp - (this.#times[index] ?? Number.NaN);
      if (Math.abs(distance) >= Math.abs(offset)) break;
      offset = distance;
      sureness = this.#surenesses[index] ?? 0;
    }
    // Further than half a beat, and some looseness of it, from any beat: the music has paused there.
    return Math.abs(offset) > (MISSING / 2) * period ? undefined : { offset, period, sureness };
  }

  clear(): void {
    this.#forget();
    this.#period = undefined;
    this.#count = 0;
  }

  #forget(): void {
    this.#times = [];
    this.#surenesses = [];
  }
}

function periodOf(times: readonly number[]): number | undefined {
  const intervals: number[] = [];
  for (let index = Math.max(1, times.length - INTERVALS); index < times.length; index += 1) {
    intervals.push((times[index] ?? 0) - (times[index - 1] ?? 0));
  }
  if (intervals.length < 2) return undefined;
  intervals.sort((a, b) => a - b);
  const middle = intervals[Math.floor((intervals.length - 1) / 2)] ?? Number.NaN;
  return middle <= LONGEST ? middle : undefined;
}
