import type { ServerLimits } from './limits.ts';

/** Counts open connections, in all and per network address. */
export class AddressGuard {
  readonly #limits: ServerLimits;
  readonly #open = new Map<string, number>();
  #total = 0;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
  }

  /** Lets a connection in, unless there are too many. */
  enter(address: string): boolean {
    const open = this.#open.get(address) ?? 0;
    if (this.#total >= this.#limits.connections || open >= this.#limits.connectionsPerAddress) return false;
    this.#open.set(address, open + 1);
    this.#total += 1;
    return true;
  }

  /** A connection that was let in is gone. */
  leave(address: string): void {
    const open = (this.#open.get(address) ?? 0) - 1;
    if (open > 0) this.#open.set(address, open);
    else this.#open.delete(address);
    this.#total -= 1;
  }
}
