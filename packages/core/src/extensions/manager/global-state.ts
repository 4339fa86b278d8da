import { type JsonValue, PoseCoachError } from '../../base/index.ts';
import type { KeptValues } from './kept-values.ts';

/** Bytes that one extension may keep, keys included: what `GlobalState` promises. */
const LIMIT = 256e3;

/** Characters of a key at most. */
const LONGEST_KEY = 256;

/** What one extension keeps across visits. Calls take effect in their order. */
export class OwnState {
  readonly #kept: KeptValues;
  readonly #prefix: string;
  /** Bytes by key; read from the storage when first needed. */
  #sizes: Map<string, number> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(kept: KeptValues, extension: string) {
    this.#kept = kept;
    this.#prefix = `state/${extension}/`;
  }

  get(key: string): Promise<JsonValue | undefined> {
    return this.#inOrder(() => this.#kept.get(this.#prefix + checked(key)));
  }

  set(key: string, value: JsonValue | undefined): Promise<void> {
    return this.#inOrder(async () => {
      const name = checked(key);
      const sizes = await this.#knownSizes();
      if (value === undefined) {
        await this.#kept.set(this.#prefix + name, undefined);
        sizes.delete(name);
        return;
      }
      const size = sizeOf(name, value);
      let total = size;
      for (const [other, bytes] of sizes) if (other !== name) total += bytes;
      if (total > LIMIT)
        throw new PoseCoachError(
          'STORAGE_FAILED',
          `Keeping "${name}" would make it ${Math.ceil(total / 1e3)} kB; an extension may keep ${LIMIT / 1e3}. Forget something first.`,
        );
      await this.#kept.set(this.#prefix + name, value);
      sizes.set(name, size);
    });
  }

  keys(): Promise<readonly string[]> {
    return this.#inOrder(async () => {
      const keys = await this.#kept.keys(this.#prefix);
      return keys.map((key) => key.slice(this.#prefix.length));
    });
  }

  async #knownSizes(): Promise<Map<string, number>> {
    if (this.#sizes === undefined) {
      const sizes = new Map<string, number>();
      for (const key of await this.#kept.keys(this.#prefix)) {
        const name = key.slice(this.#prefix.length);
        sizes.set(name, sizeOf(name, (await this.#kept.get(key)) ?? null));
      }
      this.#sizes = sizes;
    }
    return this.#sizes;
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // The caller hears of a failure; the next call is tried all the same.
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function checked(key: string): string {
  if (typeof key === 'string' && key.length > 0 && key.length <= LONGEST_KEY) return key;
  throw new PoseCoachError('STORAGE_FAILED', `A key must be a text of 1 to ${LONGEST_KEY} characters.`);
}

function sizeOf(key: string, value: JsonValue): number {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined)
    throw new PoseCoachError('STORAGE_FAILED', `What is kept under "${key}" must be JSON.`);
  return new TextEncoder().encode(key + text).byteLength;
}
