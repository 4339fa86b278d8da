import type { MetricId, Reading } from '../analysis/index.ts';
import type { Cue } from '../feedback/index.ts';
import {
  encodeMessage,
  isCue,
  isReading,
  MAXIMUM_CUES,
  MAXIMUM_MESSAGE_BYTES,
  MAXIMUM_READINGS,
  type ReadingsMessage,
} from '../protocol/index.ts';
import { readingKey } from './newest-readings.ts';

/**
 * What a publisher has to tell and has not told yet: the newest reading of each metric and person, every event, all
 * cues. Bounded, however long nothing can be sent: the oldest make room.
 */
export class ReadingsOutbox {
  /** By metric and person; the one that was added last is at the end. */
  readonly #newest = new Map<string, Reading>();
  #happened: readonly Reading[] = [];
  #cues: readonly Cue[] = [];
  #refused = 0;

  /** Metrics of which every reading counts, not only the newest. */
  events: ReadonlySet<MetricId> = new Set();

  get isEmpty(): boolean {
    return this.#newest.size === 0 && !this.isUrgent;
  }

  /** Whether something waits that is worth less the later it comes. */
  get isUrgent(): boolean {
    return this.#happened.length > 0 || this.#cues.length > 0;
  }

  /** Readings and cues that were left out because they are none: numbers that cannot be, words without end. */
  get refused(): number {
    return this.#refused;
  }

  add(readings: readonly Reading[], cues: readonly Cue[]): void {
    for (const reading of readings) {
      const key = readingKey(reading);
      // Deleted first, so that it comes to stand at the end.
      this.#newest.delete(key);
      if (!this.events.has(reading.metric)) this.#newest.set(key, reading);
    }
    for (const key of this.#newest.keys()) {
      if (this.#newest.size <= MAXIMUM_READINGS) break;
      this.#newest.delete(key);
    }
    const happened = readings.filter(({ metric }) => this.events.has(metric));
    this.#happened = [...this.#happened, ...happened].slice(-MAXIMUM_READINGS);
    this.#cues = [...this.#cues, ...cues].slice(-MAXIMUM_CUES);
  }

  /**
   * The next message: as much as the protocol allows in one, in the order of time. The rest waits. Undefined when
   * there is nothing to tell.
   */
  take(): ReadingsMessage | undefined {
    const waiting = [...this.#newest.values(), ...this.#happened];
    const readings = waiting.filter(isReading).sort((one, other) => one.timestamp - other.timestamp);
    const cues = this.#cues.filter(isCue);
    this.#refused += waiting.length - readings.length + this.#cues.length - cues.length;
    this.clear();
    if (readings.length === 0 && cues.length === 0) return undefined;
    let most = MAXIMUM_READINGS;
    let message = messageOf(readings.slice(0, most), cues);
    while (isTooLong(message)) {
      most = Math.floor(most / 2);
      message = messageOf(readings.slice(0, most), cues.slice(0, most));
    }
    this.add(readings.slice(message.readings.length), cues.slice(message.cues.length));
    return message;
  }

  /** Forgets what waits: there is nobody to tell it to. */
  clear(): void {
    this.#newest.clear();
    this.#happened = [];
    this.#cues = [];
  }
}

function messageOf(readings: readonly Reading[], cues: readonly Cue[]): ReadingsMessage {
  return { type: 'readings', readings, cues };
}

function isTooLong(message: ReadingsMessage): boolean {
  return new TextEncoder().encode(encodeMessage(message)).length > MAXIMUM_MESSAGE_BYTES;
}
