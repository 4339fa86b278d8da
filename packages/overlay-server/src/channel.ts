import {
  encodeMessage,
  MAXIMUM_STATE_LENGTH,
  mergeEntries,
  type StateEntries,
  type WelcomeMessage,
} from '@pose-coach/core/protocol';
import type { Peer } from './peer.ts';

/** One publisher, any number of subscribers, and the state between them. */
export class Channel {
  readonly name: string;
  readonly #subscribers = new Set<Peer>();
  #publisher: Peer | undefined;
  #entries: StateEntries = {};
  #revision = 0;

  constructor(name: string) {
    this.name = name;
  }

  get live(): boolean {
    return this.#publisher !== undefined;
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  get isEmpty(): boolean {
    return this.#publisher === undefined && this.#subscribers.size === 0;
  }

  /** How the channel stands, for whoever joins. */
  snapshot(): Pick<WelcomeMessage, 'live' | 'revision' | 'state'> {
    return { live: this.live, revision: this.#revision, state: this.#entries };
  }

  subscribe(peer: Peer): void {
    this.#subscribers.add(peer);
  }

  /** Makes `peer` the channel's only source; one that was is closed. Everybody is told. */
  takeOver(peer: Peer): void {
    const previous = this.#publisher;
    this.#publisher = peer;
    previous?.close(
      'replaced',
      `Another publisher took over the channel "${this.name}". Go live again here to take it back.`,
    );
    this.#tellSource();
  }

  /** Somebody left, in whichever role. */
  leave(peer: Peer): void {
    this.#subscribers.delete(peer);
    if (this.#publisher !== peer) return;
    this.#publisher = undefined;
    this.#tellSource();
  }

  /** Whether `peer` is the source; one that was taken over from is not, though it may not know yet. */
  isPublisher(peer: Peer): boolean {
    return this.#publisher === peer;
  }

  /** Relays a pose as it came, framed as `binaryFrame` makes it. */
  publish(frame: Buffer, now: number): void {
    for (const subscriber of this.#subscribers) subscriber.deliver(frame, now);
  }

  /** Merges a change of state and tells everybody; false, and nothing happens, if the state would be too large. */
  change(entries: StateEntries): boolean {
    const merged = mergeEntries(this.#entries, entries);
    if (JSON.stringify(merged).length > MAXIMUM_STATE_LENGTH) return false;
    this.#entries = merged;
    this.#revision += 1;
    this.#tell(encodeMessage({ type: 'state', revision: this.#revision, entries }));
    return true;
  }

  #tellSource(): void {
    for (const subscriber of this.#subscribers) subscriber.forget();
    this.#tell(encodeMessage({ type: 'source', live: this.live }));
  }

  #tell(text: string): void {
    for (const subscriber of this.#subscribers) subscriber.sendText(text);
  }
}

/** The channels that somebody is on. */
export class Channels {
  readonly #channels = new Map<string, Channel>();

  /** The channel of a name, made when it is not there yet. */
  open(name: string): Channel {
    const existing = this.#channels.get(name);
    if (existing) return existing;
    const channel = new Channel(name);
    this.#channels.set(name, channel);
    return channel;
  }

  /** Takes somebody off a channel; an empty one is forgotten, with its state. */
  leave(channel: Channel, peer: Peer): void {
    channel.leave(peer);
    if (channel.isEmpty) this.#channels.delete(channel.name);
  }

  [Symbol.iterator](): Iterator<Channel> {
    return this.#channels.values();
  }
}
