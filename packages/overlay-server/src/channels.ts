import type { Peer } from './peer.ts';
import { StageDirector, type StageServices } from './stage/stage-director.ts';

/** The channels that somebody is on, each with whoever is in charge of its stage. */
export class Channels {
  readonly #services: StageServices;
  readonly #directors = new Map<string, StageDirector>();

  constructor(services: StageServices) {
    this.#services = services;
  }

  /** The channel of a name, if somebody is on it. */
  find(name: string): StageDirector | undefined {
    return this.#directors.get(name);
  }

  /** The channel of a name, made when it is not there yet. */
  open(name: string): StageDirector {
    const existing = this.#directors.get(name);
    if (existing) return existing;
    const director = new StageDirector(name, this.#services);
    this.#directors.set(name, director);
    return director;
  }

  /** Takes somebody off a channel; an empty one is forgotten, with its state. Its stage is kept. */
  leave(director: StageDirector, peer: Peer): void {
    const { channel } = director;
    channel.leave(peer);
    if (!channel.isEmpty) return;
    director.dispose();
    this.#directors.delete(channel.name);
  }

  [Symbol.iterator](): Iterator<StageDirector> {
    return this.#directors.values();
  }
}
