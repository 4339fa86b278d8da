import { PoseCoachError } from '../../base/index.ts';
import type { ExtensionStorage } from '../extensions.ts';

/** What every key of ours begins with in the page's `localStorage`, which belongs to the whole origin. */
const PREFIX = 'pose-coach:';

/** Keeps everything as long as the object lives: for Node, tests, and pages that must not store. */
export function memoryStorage(): ExtensionStorage {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    async set(key, value) {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
    keys: async (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
  };
}

/**
 * The page's `localStorage` where there is one that works; memory in Node, in workers, and where the browser
 * refuses (third-party frames, blocked site data).
 */
export function defaultStorage(): ExtensionStorage {
  const storage = workingLocalStorage();
  if (storage === undefined) return memoryStorage();
  return {
    get: async (key) => storage.getItem(PREFIX + key) ?? undefined,
    async set(key, value) {
      if (value === undefined) {
        storage.removeItem(PREFIX + key);
        return;
      }
      try {
        storage.setItem(PREFIX + key, value);
      } catch (error) {
        throw new PoseCoachError(
          'STORAGE_FAILED',
          "The browser's storage for this site is full or closed. Remove stored data of the site, or allow it to store.",
          { cause: error },
        );
      }
    },
    keys: async (prefix) =>
      Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
        .filter((key) => key.startsWith(PREFIX + prefix))
        .map((key) => key.slice(PREFIX.length)),
  };
}

function workingLocalStorage(): Storage | undefined {
  // Node has one of its own, which warns, and throws without a file to keep it in.
  if (typeof document === 'undefined') return undefined;
  try {
    const storage = globalThis.localStorage;
    storage.setItem(`${PREFIX}try`, '1');
    storage.removeItem(`${PREFIX}try`);
    return storage;
  } catch {
    // Refused or full: what cannot be kept is kept for this visit.
    return undefined;
  }
}
