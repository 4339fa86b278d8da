import { type Disposable, Emitter, type Event } from '../../base/index.ts';
import type { Contributed, ContributionDelta } from '../extensions.ts';
import {
  CONTRIBUTION_POINTS,
  type Contributions,
  type ExtensionManifest,
  type ManifestFault,
  POINT_NAMES,
  type PointName,
} from '../manifest/index.ts';

/** Points whose contributions have ids. */
export type NamedPoint = Exclude<PointName, 'keybindings'>;

interface Registered {
  readonly manifest: ExtensionManifest;
  enabled: boolean;
}

/**
 * What extensions contribute, as data: who owns a prefix, what is to be had at each point, and what comes and goes
 * when extensions are added, switched and removed. It runs nothing.
 */
export class Registry implements Disposable {
  readonly #extensions = new Map<string, Registered>();
  readonly #changes = new Emitter<ContributionDelta>();
  /** Deltas that listeners have not been told yet: one that changes the registry must not overtake the news. */
  readonly #news: ContributionDelta[] = [];
  #telling = false;

  /**
   * What has come and gone, one event per point that has changed. Whoever replays all events from the beginning
   * knows what `contributions` says.
   */
  readonly onDidChange: Event<ContributionDelta> = this.#changes.event;

  /**
   * Registers what an extension contributes. Ids need no further check: they start with the prefix, and that has one
   * owner.
   * @param trust isolated extensions may not contribute everything
   * @param enabled whether its contributions count at once
   * @returns why it is refused; empty when it is registered
   */
  add(manifest: ExtensionManifest, trust: 'trusted' | 'isolated', enabled = true): readonly ManifestFault[] {
    const faults = [
      ...this.#ownershipFaults(manifest),
      ...(trust === 'isolated' ? trustFaults(manifest) : []),
    ];
    if (faults.length > 0) return faults;
    this.#extensions.set(manifest.id, { manifest, enabled });
    if (enabled) this.#tell(manifest, 'added');
    return [];
  }

  /** Lets an extension's contributions count, or not. Nothing happens when that is so already, or it is not registered. */
  setEnabled(id: string, enabled: boolean): void {
    const extension = this.#extensions.get(id);
    if (!extension || extension.enabled === enabled) return;
    extension.enabled = enabled;
    this.#tell(extension.manifest, enabled ? 'added' : 'removed');
  }

  /** Forgets an extension; its prefix and its name are free again. */
  remove(id: string): void {
    const extension = this.#extensions.get(id);
    if (!extension) return;
    this.#extensions.delete(id);
    if (extension.enabled) this.#tell(extension.manifest, 'removed');
  }

  /** What enabled extensions contribute at one point, in the order in which they were added. */
  contributions<Point extends PointName>(point: Point): readonly Contributed<Contributions[Point][number]>[] {
    return [...this.#extensions.values()].flatMap(({ manifest, enabled }) =>
      enabled ? contributed(manifest, point) : [],
    );
  }

  /** One contribution of an enabled extension. */
  find<Point extends NamedPoint>(
    point: Point,
    id: string,
  ): Contributed<Contributions[Point][number]> | undefined {
    return this.contributions(point).find(({ value }) => value.id === id);
  }

  /** All that are registered, in the order in which they were added. */
  manifests(): readonly ExtensionManifest[] {
    return [...this.#extensions.values()].map(({ manifest }) => manifest);
  }

  /** Forgets everything and everybody, without a word. */
  dispose(): void {
    this.#changes.dispose();
    this.#extensions.clear();
    this.#news.length = 0;
  }

  #ownershipFaults({ id, prefix }: ExtensionManifest): readonly ManifestFault[] {
    if (this.#extensions.has(id)) {
      const message = `/name: ${id} is registered already: remove it first.`;
      return [{ path: '/name', expected: 'an extension that is not registered yet', message }];
    }
    const owner = this.manifests().find((other) => other.prefix === prefix);
    if (!owner) return [];
    const path = '/poseCoach/prefix';
    const message = `${path}: ${prefix} belongs to ${owner.id}: choose another, or remove that extension.`;
    return [{ path, expected: 'a prefix that no other extension owns', message }];
  }

  #tell(manifest: ExtensionManifest, change: 'added' | 'removed'): void {
    for (const point of POINT_NAMES) {
      const changed = contributed(manifest, point);
      if (changed.length > 0) this.#news.push({ point, added: [], removed: [], [change]: changed });
    }
    if (this.#telling) return;
    this.#telling = true;
    for (let delta = this.#news.shift(); delta; delta = this.#news.shift()) this.#changes.fire(delta);
    this.#telling = false;
  }
}

function contributed<Point extends PointName>(
  manifest: ExtensionManifest,
  point: Point,
): readonly Contributed<Contributions[Point][number]>[] {
  const values: readonly Contributions[Point][number][] = manifest.contributes[point];
  return values.map((value) => ({ extension: manifest.id, value }));
}

function trustFaults(manifest: ExtensionManifest): readonly ManifestFault[] {
  return POINT_NAMES.flatMap((point) => {
    const reason = CONTRIBUTION_POINTS[point].trustedOnly;
    if (reason === undefined || manifest.contributes[point].length === 0) return [];
    const path = `/poseCoach/contributes/${point}`;
    const message = `${path}: only trusted extensions may contribute ${point}, because ${reason}.`;
    return [{ path, expected: `no ${point} in an extension that is not trusted`, message }];
  });
}
