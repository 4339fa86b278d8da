import type { Reading } from '@pose-coach/core/analysis';
import type { WireHeader } from '@pose-coach/core/codec';

/**
 * Milliseconds by which readings may be ahead of the newest frame: frames are left out when the network is behind,
 * readings are not. What is further ahead is of before a jump back.
 */
const AHEAD = 2000;

/** Milliseconds by which readings may speak of what was, where no frames come with them, before it is a jump back. */
const BEHIND = 2000;

/** The publisher's media time, as its frames and readings tell it. */
export class MediaTime {
  #now: number | undefined;
  #epoch: number | undefined;
  /** Timestamp of the newest frame. */
  #frame: number | undefined;

  /** ms of media time; undefined when nothing has come yet. */
  get now(): number | undefined {
    return this.#now;
  }

  /** Takes a frame's. @returns whether it continues nothing: its epoch is another */
  noteFrame({ epoch, timestamp }: Pick<WireHeader, 'epoch' | 'timestamp'>): boolean {
    if (!Number.isFinite(timestamp)) return false;
    const isNew = this.#epoch !== undefined && epoch !== this.#epoch;
    this.#epoch = epoch;
    this.#frame = timestamp;
    this.#now = isNew || this.#now === undefined ? timestamp : Math.max(this.#now, timestamp);
    return isNew;
  }

  /** Takes the newest of readings. @returns whether time has gone back, which only frames tell where they come */
  noteReadings(readings: readonly Reading[]): boolean {
    let newest = -Infinity;
    for (const { timestamp } of readings) newest = Math.max(newest, timestamp);
    if (newest === -Infinity) return false;
    if (this.#now === undefined) this.#now = newest;
    if (this.#frame === undefined && newest < this.#now - BEHIND) {
      this.#now = newest;
      return true;
    }
    if (this.#frame === undefined || newest <= this.#frame + AHEAD) this.#now = Math.max(this.#now, newest);
    return false;
  }

  /** Another publisher has another time. */
  forget(): void {
    this.#now = undefined;
    this.#epoch = undefined;
    this.#frame = undefined;
  }
}
