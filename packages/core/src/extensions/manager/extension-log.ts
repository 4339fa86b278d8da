import type { LogEntry } from '../extensions.ts';
import type { LogLevel } from '../host.ts';

/** Entries kept, the newest: what `ExtensionStatus` promises. */
const ENTRIES = 100;

/** Characters of a message that are kept: enough for an error with its reason. */
const LONGEST = 1000;

/** What an extension, and we about it, had to say. */
export class ExtensionLog {
  #entries: readonly LogEntry[] = [];

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  add(time: number, level: LogLevel, message: string): void {
    const text = message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
    this.#entries = [...this.#entries.slice(1 - ENTRIES), { time, level, message: text }];
  }
}
