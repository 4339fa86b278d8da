import { Emitter, PoseCoachError } from '../../base/index.ts';
import type { ExtensionSource } from '../extensions.ts';
import type { Registry } from '../registry/index.ts';
import { messageOf } from '../runtime/index.ts';
import { type Inspection, inspect, manifestError } from './admission.ts';
import type { ChangeNotice } from './change-notice.ts';
import { Dependencies } from './dependencies.ts';
import { ExtensionList, faultyExtension, isManaged, type Slot } from './extension-list.ts';
import type { Feed } from './feed.ts';
import type { Identity } from './identity.ts';
import { type LaunchParts, launcher } from './launch.ts';
import { type ManagedContext, ManagedExtension } from './managed-extension.ts';
import { type OpenedPackage, type PackageOrigin, packageOrigin } from './package-source.ts';
import type { Permissions } from './permissions.ts';
import type { Wishes } from './wishes.ts';

export interface RosterParts extends LaunchParts {
  /** Whether third-party code can be locked away here. */
  readonly isolates: boolean;
  readonly permissions: Permissions;
  readonly registry: Registry;
  readonly feed: Feed;
  readonly wishes: Wishes;
  readonly changes: ChangeNotice;
}

/** Who is there, who is switched on, and who runs. */
export class Roster {
  readonly list = new ExtensionList();
  readonly #dependencies = new Dependencies(this.list);
  readonly #parts: RosterParts;
  readonly #ended = new Emitter<string>();
  readonly #disposal = new AbortController();
  /** Resolve when nothing is left of those that were removed. One that comes back is not started before. */
  readonly #leaving = new Map<string, Promise<void>>();
  #admissions: Promise<unknown> = Promise.resolve();

  /** The id of an extension whose code is being ended. */
  readonly onEnded = this.#ended.event;

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  get disposed(): boolean {
    return this.#disposal.signal.aborted;
  }

  /** @throws PoseCoachError `DISPOSED` */
  requireAlive(): void {
    if (this.disposed)
      throw new PoseCoachError(
        'DISPOSED',
        'These extensions were disposed of. Make new ones with `createExtensions`.',
      );
  }

  async add(source: ExtensionSource): Promise<string> {
    this.requireAlive();
    const origin = packageOrigin(source);
    const before = this.list.slotOf(origin.key);
    if (before !== undefined) {
      // Being read just now, or sound.
      if (before.entry === undefined || isManaged(before.entry)) return before.listed;
      // What was faulty may have been repaired: it is read again.
      this.list.drop(before);
    }
    const slot = this.list.take(origin.key);
    slot.listed = this.#admit(slot, origin);
    return slot.listed;
  }

  async remove(id: string): Promise<void> {
    const { registry, settings, permissions, changes } = this.#parts;
    const extension = this.list.find(id);
    registry.remove(id);
    this.list.dropId(id);
    changes.mark();
    if (extension === undefined) return;
    settings.remove(id);
    const gone = this.#takeAway(extension);
    this.#leaving.set(id, gone);
    try {
      await Promise.all([permissions.forget(extension), gone]);
    } finally {
      if (this.#leaving.get(id) === gone) this.#leaving.delete(id);
    }
  }

  async enable(id: string): Promise<void> {
    const extension = this.#require(id);
    if (extension === undefined) return;
    extension.switchOn();
    this.#parts.registry.setEnabled(id, true);
    const kept = this.#remember(extension, true);
    this.#dependencies.unblock(id);
    this.activateWanted();
    // Whether it works is in its status.
    if (extension.state === 'activating') await extension.activate().catch(() => undefined);
    await kept;
  }

  async disable(id: string): Promise<void> {
    const extension = this.#require(id);
    if (extension === undefined) return;
    const kept = this.#remember(extension, false);
    this.#parts.registry.setEnabled(id, false);
    await this.#takeAway(extension);
    await kept;
  }

  /** Ends an extension, and asks again before it gets what it was granted or refused. */
  async forgetPermissions(id: string): Promise<void> {
    const extension = this.#require(id);
    if (extension === undefined) return;
    const { permissions } = this.#parts;
    const forgotten = permissions.forget(extension);
    // It waits for that question already; another one would be one too many.
    if (permissions.asking(extension)) return forgotten;
    const blocked =
      extension.running &&
      this.#dependencies.block(
        id,
        `It needs "${extension.manifest.title}", whose permissions were taken back.`,
      );
    const ended = extension.recall(
      permissions.unasked(extension.manifest),
      permissions.questions(extension.manifest),
    );
    this.#dependencies.unblock(id);
    this.activateWanted();
    await Promise.all([forgotten, ended, blocked]);
  }

  /** Activates whatever waits for something that is wanted now. */
  activateWanted(): void {
    for (const extension of this.list.managed) {
      if (extension.state !== 'registered' || !this.#parts.wishes.include(extension.manifest)) continue;
      // How it went is in its status.
      extension.activate().catch(() => undefined);
    }
  }

  /** Resolves when nobody is starting, or about to be started again. */
  async settled(): Promise<void> {
    await Promise.all(this.list.managed.map((extension) => extension.settled()));
  }

  /** Switches all off. Resolves when nothing is left of their code. */
  async dispose(): Promise<void> {
    this.#disposal.abort();
    const stops = [...this.list.managed].reverse().map((extension) => extension.switchOff());
    this.#ended.dispose();
    await Promise.all(stops);
  }

  async #admit(slot: Slot, origin: PackageOrigin): Promise<string> {
    const inspection = await inspect(origin, this.#parts.clock, this.#disposal.signal);
    // One after the other: who comes first owns a name and a prefix.
    const admission = this.#admissions.then(() => this.#enter(slot, origin, inspection));
    this.#admissions = admission.catch(() => undefined);
    return admission;
  }

  async #enter(slot: Slot, origin: PackageOrigin, inspection: Inspection): Promise<string> {
    this.requireAlive();
    if (!inspection.ok) return this.#listFaulty(slot, origin, inspection);
    const { manifest, warnings, opened } = inspection;
    const { id } = manifest;
    const identity: Identity = { manifest, trust: origin.trust, source: opened.source };
    const { kept, permissions, settings, registry } = this.#parts;
    const taken = this.list.find(id) !== undefined;
    const notes: string[] = [];
    const noted = (error: unknown) => void notes.push(`What was stored cannot be read: ${messageOf(error)}`);
    const chosen = origin.enabled ?? (await kept.get(`enabled/${id}`).catch(noted)) !== false;
    const granted = (await permissions.remembered(identity).catch(noted)) ?? [];
    const unanswered = (await permissions.unanswered(identity).catch(noted)) ?? [];
    const unfit = taken ? [] : await settings.add(identity).catch(noted);
    for (const setting of unfit ?? [])
      notes.push(`The stored value of "${setting}" no longer fits: its default is used.`);
    this.requireAlive();

    const earlier = this.#leaving.get(id);
    const facts = { ...identity, warnings, enabled: chosen, granted, unanswered, earlier };
    const extension: ManagedExtension = new ManagedExtension(
      facts,
      this.#context(() => extension, identity, origin, opened),
    );
    // Listed before its contributions are announced: whoever hears of them finds it.
    if (!taken) {
      this.list.dropId(id);
      slot.entry = extension;
    }
    const faults = registry.add(manifest, origin.trust, chosen);
    if (faults.length > 0) {
      slot.entry = undefined;
      if (!taken) settings.remove(id);
      const name = taken ? (origin.address ?? id) : id;
      const { title } = manifest;
      return this.#listFaulty(slot, origin, {
        id: name,
        title,
        error: manifestError(faults),
        faults,
        warnings,
      });
    }
    for (const note of notes) extension.log('warn', note);
    if (origin.trust === 'isolated' && !this.#parts.isolates && manifest.main !== undefined)
      extension.refuse(
        new PoseCoachError(
          'EXTENSION_UNTRUSTED',
          `"${manifest.title}" is not run: only pages can lock away code of third parties. Add it as trusted if you answer for it.`,
        ),
      );
    this.#parts.changes.mark();
    this.#dependencies.unblock(id);
    this.activateWanted();
    return id;
  }

  #listFaulty(
    slot: Slot,
    { trust, source }: PackageOrigin,
    refusal: Pick<Inspection & { ok: false }, 'id' | 'title' | 'error' | 'faults' | 'warnings'>,
  ): string {
    const { clock, changes } = this.#parts;
    const id = this.list.freeId(refusal.id);
    slot.entry = faultyExtension({ ...refusal, id, trust, source, time: clock.now() });
    changes.mark();
    return id;
  }

  #context(
    self: () => ManagedExtension,
    identity: Identity,
    origin: PackageOrigin,
    opened: OpenedPackage,
  ): ManagedContext {
    const { manifest } = identity;
    const { clock, permissions, registry, feed, changes } = this.#parts;
    const { id } = manifest;
    return {
      clock,
      activateDependencies: () => this.#dependencies.activate(id),
      grant: async () => {
        try {
          const granted = await permissions.granted(identity);
          self().answered();
          return granted;
        } catch (error) {
          self().log('warn', `Nothing beyond poses and hands was granted: ${messageOf(error)}`);
          return permissions.unasked(manifest);
        }
      },
      launch: launcher(this.#parts, identity, origin, opened, (level, message) => self().log(level, message)),
      onStarted: (running, granted) => {
        if (running !== undefined) feed.start(self(), running, granted, this.list.managed);
        this.#dependencies.unblock(id);
        this.activateWanted();
      },
      onEnded: () => {
        feed.stop(self());
        this.#ended.fire(id);
      },
      onGivenUp: () => {
        registry.setEnabled(id, false);
        void this.#takeAway(self());
      },
      onChange: () => changes.mark(),
    };
  }

  /** Ends an extension that is switched off, and those that cannot be without it. */
  async #takeAway(extension: ManagedExtension): Promise<void> {
    const { id, manifest } = extension;
    const blocked = this.#dependencies.block(
      id,
      `It needs "${manifest.title}", which is switched off. Switch that on first.`,
    );
    const off = extension.switchOff();
    this.#parts.feed.latest.forget(manifest.contributes.metrics.map((metric) => metric.id));
    await Promise.all([blocked, off]);
  }

  /** @returns undefined for one that is listed with a faulty manifest: there is nothing to switch */
  #require(id: string): ManagedExtension | undefined {
    this.requireAlive();
    const extension = this.list.find(id);
    if (extension === undefined && !this.list.has(id))
      throw new PoseCoachError('EXTENSION_NOT_FOUND', `No extension "${id}" is listed here. Add it first.`);
    return extension;
  }

  async #remember(extension: ManagedExtension, enabled: boolean): Promise<void> {
    try {
      await this.#parts.kept.set(`enabled/${extension.id}`, enabled);
    } catch (error) {
      extension.log('warn', `Whether it is switched on cannot be stored: ${messageOf(error)}`);
    }
  }
}
