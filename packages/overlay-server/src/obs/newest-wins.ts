/**
 * Does the newest of what is wanted for each of several things, one at a time for each: what follows a metric may
 * change more often than OBS can be told.
 */
export class NewestWins<Value> {
  readonly #apply: (key: string, value: Value) => Promise<void>;
  readonly #lanes = new Map<
    string,
    { wanted: Value; applied: Value | undefined; running: Promise<void> | undefined }
  >();

  constructor(apply: (key: string, value: Value) => Promise<void>) {
    this.#apply = apply;
  }

  /** Resolves when this or a newer value was applied, at once when it is the one that was applied last. */
  set(key: string, value: Value): Promise<void> {
    const lane = this.#lanes.get(key) ?? { wanted: value, applied: undefined, running: undefined };
    this.#lanes.set(key, lane);
    lane.wanted = value;
    lane.running ??= this.#run(key, lane).finally(() => {
      lane.running = undefined;
    });
    return lane.running;
  }

  /** Forgets what was applied: it may be otherwise by now. */
  clear(): void {
    this.#lanes.clear();
  }

  async #run(key: string, lane: { wanted: Value; applied: Value | undefined }): Promise<void> {
    while (lane.applied !== lane.wanted) {
      const { wanted } = lane;
      lane.applied = undefined;
      await this.#apply(key, wanted);
      lane.applied = wanted;
    }
  }
}
