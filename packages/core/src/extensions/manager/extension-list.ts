import type { PoseCoachError } from '../../base/index.ts';
import type { ExtensionStatus } from '../extensions.ts';
import type { ManifestFault } from '../manifest/manifest.ts';
import type { ManagedExtension } from './managed-extension.ts';

/** The place of an extension in the list, taken when it is asked for, so that the order does not depend on the net. */
export interface Slot {
  /** Same source, same slot: see `PackageOrigin`. */
  readonly key: unknown;
  /** Resolves with the id when it is listed. */
  listed: Promise<string>;
  entry: ManagedExtension | FaultyExtension | undefined;
}

/** One that is listed and nothing more: its manifest could not be read. */
export interface FaultyExtension {
  readonly id: string;
  readonly status: ExtensionStatus;
}

/** All extensions in the order in which they were added. */
export class ExtensionList {
  #slots: readonly Slot[] = [];

  get statuses(): readonly ExtensionStatus[] {
    return this.#slots.flatMap(({ entry }) => entry?.status ?? []);
  }

  get managed(): readonly ManagedExtension[] {
    return this.#slots.flatMap(({ entry }) => (isManaged(entry) ? entry : []));
  }

  take(key: unknown): Slot {
    const slot: Slot = { key, listed: Promise.resolve(''), entry: undefined };
    this.#slots = [...this.#slots, slot];
    return slot;
  }

  slotOf(key: unknown): Slot | undefined {
    return this.#slots.find((slot) => slot.key === key);
  }

  find(id: string): ManagedExtension | undefined {
    return this.managed.find((extension) => extension.id === id);
  }

  has(id: string): boolean {
    return this.#slots.some(({ entry }) => entry?.id === id);
  }

  drop(slot: Slot): void {
    this.#slots = this.#slots.filter((other) => other !== slot);
  }

  dropId(id: string): void {
    this.#slots = this.#slots.filter(({ entry }) => entry?.id !== id);
  }

  /** An id that nobody has yet: two extensions can be faulty in the same way. */
  freeId(wanted: string): string {
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? wanted : `${wanted} (${number})`;
      if (!this.has(id)) return id;
    }
  }
}

export function isManaged(entry: Slot['entry']): entry is ManagedExtension {
  return entry !== undefined && 'manifest' in entry;
}

/** What is to be said of an extension whose manifest is of no use. */
export function faultyExtension(facts: {
  readonly id: string;
  readonly title: string;
  readonly trust: 'trusted' | 'isolated';
  readonly source: string;
  readonly error: PoseCoachError;
  readonly time: number;
  readonly faults: readonly ManifestFault[];
  readonly warnings: readonly ManifestFault[];
}): FaultyExtension {
  const { id, title, trust, source, error, time, faults, warnings } = facts;
  const status: ExtensionStatus = {
    id,
    title,
    version: '',
    description: '',
    trust,
    source,
    state: 'failed',
    enabled: false,
    manifest: undefined,
    faults,
    warnings,
    granted: [],
    unanswered: [],
    activationTime: undefined,
    cost: undefined,
    restarts: 0,
    lastError: error,
    log: [{ time, level: 'error', message: error.message }],
  };
  return { id, status };
}
