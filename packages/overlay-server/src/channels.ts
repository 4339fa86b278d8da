import { Channel } from './channel.ts';
import type { Peer } from './peer.ts';
import { StageDirector, type StageServices } from './stage/stage-director.ts';

/** A channel, and who is in charge of its stage. */
export interface StagedChannel {
  readonly channel: Channel;
  readonly director: StageDirector;
}

/** The channels that somebody is on. */
export class Channels {
  readonly #services: StageServices;
  readonly #channels = new Map<string, StagedChannel>();

  constructor(services: StageServices) {
    this.#services = services;
  }

  /** The channel of a name, made when it is not there yet. */
  open(name: string): StagedChannel {
    const existing = this.#channels.get(name);
    if (existing) return existing;
    const channel = new Channel(name, this.#services.clock);
    const staged = { channel, director: new StageDirector(channel, this.#services) };
    this.#channels.set(name, staged);
    return staged;
  }

  /** Takes somebody off a channel; an empty one is forgotten, with its state. Its stage is kept. */
  leave({ channel, director }: StagedChannel, peer: Peer): void {
    channel.leave(peer);
    if (!channel.isEmpty) return;
    director.dispose();
    this.#channels.delete(channel.name);
  }

  [Symbol.iterator](): Iterator<StagedChannel> {
    return this.#channels.values();
  }
}
