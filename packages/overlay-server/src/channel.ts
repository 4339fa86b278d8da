import type { Clock } from '@pose-coach/core';
import {
  encodeMessage,
  MAXIMUM_STATE_LENGTH,
  mergeEntries,
  type PaintedMessage,
  type ReadingsMessage,
  type ServerMessage,
  type StateEntries,
  type WelcomeMessage,
} from '@pose-coach/core/protocol';
import { NewestReadings } from './newest-readings.ts';
import { PaintDelays } from './paint-delays.ts';
import type { Peer } from './peer.ts';

/**
 * Milliseconds within which a publisher that comes back goes on with its session, with its timer and its score: as
 * long as it takes to reload the studio, or to plug a cable in again.
 */
const COMING_BACK = 15_000;

/**
 * Is told of every publisher that comes, goes or is replaced, after everybody else.
 * @param anew a new session has begun, with a time and a score of its own
 */
export type SourceListener = (anew: boolean) => void;

/** How a subscriber watches. */
export interface Watching {
  /** Whether it wants poses. */
  readonly poses: boolean;
}

/** One publisher, any number of subscribers and controllers, and what is known between them. */
export class Channel {
  readonly name: string;
  readonly #clock: Clock;
  readonly #onSource: SourceListener;
  /** Subscribers that want poses. */
  readonly #watchers = new Set<Peer>();
  /** Subscribers that want none. */
  readonly #readers = new Set<Peer>();
  readonly #controllers = new Set<Peer>();
  readonly #newest = new NewestReadings();
  readonly #delays = new PaintDelays();
  #publisher: Peer | undefined;
  #entries: StateEntries = {};
  #revision = 0;
  /** When the session began, and when its publisher left, ms by the clock. */
  #liveSince: number | undefined;
  #leftAt = 0;

  constructor(name: string, clock: Clock, onSource: SourceListener) {
    this.name = name;
    this.#clock = clock;
    this.#onSource = onSource;
  }

  get live(): boolean {
    return this.#publisher !== undefined;
  }

  get subscribers(): number {
    return this.#watchers.size + this.#readers.size;
  }

  get controllers(): number {
    return this.#controllers.size;
  }

  get revision(): number {
    return this.#revision;
  }

  get state(): StateEntries {
    return this.#entries;
  }

  get newest(): NewestReadings {
    return this.#newest;
  }

  get delays(): PaintDelays {
    return this.#delays;
  }

  get isEmpty(): boolean {
    return this.#publisher === undefined && this.subscribers === 0 && this.#controllers.size === 0;
  }

  /** How the channel stands, for whoever joins. */
  snapshot(): Pick<WelcomeMessage, 'live' | 'revision' | 'state' | 'liveSince'> {
    return { live: this.live, revision: this.#revision, state: this.#entries, ...this.#since() };
  }

  subscribe(peer: Peer, { poses }: Watching): void {
    (poses ? this.#watchers : this.#readers).add(peer);
  }

  control(peer: Peer): void {
    this.#controllers.add(peer);
  }

  /** Makes `peer` the channel's only source; one that was is closed. Everybody is told. */
  takeOver(peer: Peer): void {
    const previous = this.#publisher;
    this.#publisher = peer;
    previous?.close(
      'replaced',
      `Another publisher took over the channel "${this.name}". Go live again here to take it back.`,
    );
    const now = this.#clock.now();
    const anew = !previous && (this.#liveSince === undefined || now - this.#leftAt > COMING_BACK);
    if (anew) this.#liveSince = now;
    this.#sourceChanged(anew);
  }

  /** Somebody left, in whichever role. */
  leave(peer: Peer): void {
    this.#watchers.delete(peer);
    this.#readers.delete(peer);
    this.#controllers.delete(peer);
    this.#delays.forget(peer);
    if (this.#publisher !== peer) return;
    this.#publisher = undefined;
    this.#leftAt = this.#clock.now();
    this.#sourceChanged(false);
  }

  /** Relays a pose as it came, framed as `binaryFrame` makes it. */
  publish(frame: Buffer, now: number): void {
    for (const watcher of this.#watchers) watcher.deliver(frame, now);
  }

  /** Relays readings and cues to everybody, and keeps the newest readings for those who join later. */
  tellReadings(message: ReadingsMessage): void {
    this.#newest.note(message.readings);
    this.tellAll(message);
  }

  /** An overlay tells how late it painted. */
  painted(peer: Peer, message: PaintedMessage): void {
    this.#delays.note(peer, message, this.#clock.now());
  }

  /** Merges a change of state and tells everybody; false, and nothing happens, if the state would be too large. */
  change(entries: StateEntries): boolean {
    const merged = mergeEntries(this.#entries, entries);
    if (JSON.stringify(merged).length > MAXIMUM_STATE_LENGTH) return false;
    this.#entries = merged;
    this.#revision += 1;
    this.tellAll({ type: 'state', revision: this.#revision, entries });
    return true;
  }

  /** Tells subscribers and controllers, encoded once. */
  tellAll(message: ServerMessage): void {
    const text = encodeMessage(message);
    for (const group of [this.#watchers, this.#readers, this.#controllers]) send(group, text);
  }

  /** Tells overlay pages. */
  tellSubscribers(message: ServerMessage): void {
    const text = encodeMessage(message);
    for (const group of [this.#watchers, this.#readers]) send(group, text);
  }

  tellControllers(message: ServerMessage): void {
    if (this.#controllers.size > 0) send(this.#controllers, encodeMessage(message));
  }

  /** Tells the publisher; false when there is none. */
  tellPublisher(message: ServerMessage): boolean {
    this.#publisher?.send(message);
    return this.#publisher !== undefined;
  }

  #sourceChanged(anew: boolean): void {
    for (const watcher of this.#watchers) watcher.forget();
    this.#newest.clear();
    this.#delays.clear();
    this.tellAll({ type: 'source', live: this.live, ...this.#since() });
    this.#onSource(anew);
  }

  #since(): { readonly liveSince?: number } {
    return this.live && this.#liveSince !== undefined ? { liveSince: this.#liveSince } : {};
  }
}

function send(peers: Iterable<Peer>, text: string): void {
  for (const peer of peers) peer.sendText(text);
}
