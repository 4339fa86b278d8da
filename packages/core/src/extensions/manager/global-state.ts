import { type JsonValue, PoseCoachError } from '../../base/index.ts';
import { type Identity, identityKey } from './identity.ts';
import type { KeptValues } from './kept-values.ts';

/** Bytes that one extension may keep, keys included: what `GlobalState` promises. */
const LIMIT = 256e3;

/** Characters of a key at most. */
const LONGEST_KEY = 256;

/** What one extension keeps across visits. Calls take effect in their order. */
export class OwnState {
  readonly #kept: KeptValues;
  readonly #prefix: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(kept: KeptValues, identity: Identity) {
    this.#kept = kept;
    this.#prefix = `state/${identityKey(identity)}/`;
  }

  get(key: string): Promise<JsonValue | undefined> {
    return this.#inOrder(() => this.#kept.get(this.#prefix + checked(key)));
  }

  set(key: string, value: JsonValue | undefined): Promise<void> {
    return this.#inOrder(async () => {
      const name = checked(key);
      if (value === undefined) {
        await this.#kept.set(this.#prefix + name, undefined);
        return;
      }
      const total = sizeOf(name, value) + (await this.#sizeWithout(name));
      if (total > LIMIT)
        throw new PoseCoachError(
          'STORAGE_FAILED',
          `Keeping "${name}" would make it ${Math.ceil(total / 1e3)} kB; an extension may keep ${LIMIT / 1e3}. Forget something first.`,
        );
      await this.#kept.set(this.#prefix + name, value);
    });
  }

  keys(): Promise<readonly string[]> {
    return this.#inOrder(async () => {
      const keys = await this.#kept.keys(this.#prefix);
      return keys.map((key) => key.slice(this.#prefix.length));
    });
  }

  /** Bytes of all but one key. Counted anew every time: another page of the origin may have written meanwhile. */
  async #sizeWithout(name: string): Promise<number> {
    let total = 0;
    for (const key of await this.#kept.keys(this.#prefix)) {
      const other = key.slice(this.#prefix.length);
      if (other !== name) total += sizeOf(other, (await this.#kept.get(key)) ?? null);
    }
    return total;
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
