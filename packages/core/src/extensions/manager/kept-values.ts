import type { JsonValue } from '../../base/index.ts';
import type { ExtensionStorage } from '../extensions.ts';

/**
 * JSON values by key in an `ExtensionStorage`, written in the order in which they were set. What is stored and is
 * no JSON (somebody else's doing) counts as absent.
 */
export class KeptValues {
  readonly #storage: ExtensionStorage;
  #writes: Promise<void> = Promise.resolve();

  constructor(storage: ExtensionStorage) {
    this.#storage = storage;
  }

  /** @throws whatever the storage throws */
  async get(key: string): Promise<JsonValue | undefined> {
    await this.#writes;
    const text = await this.#storage.get(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      // Not ours, or cut off: the next write replaces it.
      return undefined;
    }
  }

  /** `undefined` forgets the key. @throws whatever the storage throws */
  set(key: string, value: JsonValue | undefined): Promise<void> {
    const written = this.#writes.then(() =>
      this.#storage.set(key, value === undefined ? undefined : JSON.stringify(value)),
    );
    // A write that fails is its caller's news; the next one is tried all the same.
    this.#writes = written.catch(() => undefined);
    return written;
  }

  async keys(prefix: string): Promise<readonly string[]> {
    await this.#writes;
    return this.#storage.keys(prefix);
  }
}
