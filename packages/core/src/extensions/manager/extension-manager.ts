import type { Beat, TakeSummary } from '../../analysis/index.ts';
import { type Clock, type JsonValue, PoseCoachError } from '../../base/index.ts';
import type { CoachFrame } from '../../feedback/index.ts';
import type { PoseEstimatorFactory } from '../../inference/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { ExtensionSource, ExtensionStatus, ExtensionStorage, Extensions } from '../extensions.ts';
import { type Contributions, isDataRule } from '../manifest/index.ts';
import { Registry } from '../registry/index.ts';
import { messageOf } from '../runtime/index.ts';
import { ChangeNotice } from './change-notice.ts';
import { executeCommand } from './command-runner.ts';
import { contributedEstimator, type EngineAccess } from './contributed-estimator.ts';
import { Feed } from './feed.ts';
import type { Hosts } from './hosts.ts';
import { KeptValues } from './kept-values.ts';
import { type AskPermission, Permissions } from './permissions.ts';
import { Roster } from './roster.ts';
import { Settings } from './settings.ts';
import { Wishes } from './wishes.ts';

/** Milliseconds between two notices that costs have changed: more often cannot be read. */
const COST_PERIOD = 500;

export interface ManagerOptions {
  readonly clock: Clock;
  readonly storage: ExtensionStorage;
  readonly hosts: Hosts;
  /** Whether third-party code can be locked away here. */
  readonly isolates: boolean;
  readonly ask: AskPermission | undefined;
  readonly sources: readonly ExtensionSource[];
}

/** The face of all that belongs to the extensions of one coach. See `Extensions`. */
export class ExtensionManager implements Extensions {
  readonly #clock: Clock;
  readonly #hosts: Hosts;
  readonly #settings: Settings;
  readonly #registry = new Registry();
  readonly #feed = new Feed((id) => this.#registry.find('metrics', id)?.value);
  readonly #wishes = new Wishes();
  readonly #changes: ChangeNotice;
  readonly #roster: Roster;
  #costsTold = 0;
  /** The sources that were given and are not listed yet. */
  readonly #awaited = new Set<Promise<unknown>>();

  readonly ready: Promise<void>;
  readonly onDidChange: Extensions['onDidChange'];
  readonly onDidChangeContributions = this.#registry.onDidChange;
  readonly onReadings = this.#feed.onReadings;
  readonly settings: Extensions['settings'];

  readonly commands: Extensions['commands'] = {
    execute: (id, ...values) => this.#execute(id, values),
  };

  readonly permissions: Extensions['permissions'] = {
    forget: (id) => this.#onceListed(id, () => this.#roster.forgetPermissions(id)),
  };

  readonly metrics: Extensions['metrics'] = {
    latest: (metric) => this.#feed.latest.of(metric),
    watch: (metric) => {
      const watch = this.#wishes.watch(metric);
      this.#roster.activateWanted();
      return watch;
    },
  };

  constructor({ clock, storage, hosts, isolates, ask, sources }: ManagerOptions) {
    const kept = new KeptValues(storage);
    this.#clock = clock;
    this.#hosts = hosts;
    this.#settings = new Settings(kept);
    this.#changes = new ChangeNotice(clock);
    this.#roster = new Roster({
      clock,
      hosts,
      isolates,
      kept,
      permissions: new Permissions(kept, ask),
      settings: this.#settings,
      registry: this.#registry,
      feed: this.#feed,
      wishes: this.#wishes,
      changes: this.#changes,
      executeCommand: (id, values) => this.#execute(id, values),
    });
    this.onDidChange = this.#changes.event;
    this.settings = {
      get: (id) => this.#settings.get(id),
      set: (id, value) => this.#onceDeclared('configuration', id, () => this.#set(id, value)),
      onDidChange: this.#settings.onDidChange,
    };
    this.#registry.onDidChange(({ point }) => {
      if (point === 'feedback') this.#followRules();
    });
    // A source that cannot be read is listed as such; the one thing that rejects is being disposed of meanwhile.
    for (const source of sources) {
      const listed: Promise<unknown> = this.add(source)
        .catch(() => undefined)
        .finally(() => this.#awaited.delete(listed));
      this.#awaited.add(listed);
    }
    this.ready = Promise.all(this.#awaited).then(() => undefined);
  }

  get list(): readonly ExtensionStatus[] {
    return this.#roster.list.statuses;
  }

  add(source: ExtensionSource): Promise<string> {
    return this.#roster.add(source);
  }

  remove(id: string): Promise<void> {
    return this.#onceListed(id, () => this.#roster.remove(id));
  }

  enable(id: string): Promise<void> {
    return this.#onceListed(id, () => this.#roster.enable(id));
  }

  disable(id: string): Promise<void> {
    return this.#onceListed(id, () => this.#roster.disable(id));
  }

  contributions<Point extends keyof Contributions>(point: Point) {
    return this.#registry.contributions(point);
  }

  pushBeats(beats: readonly Beat[]): void {
    this.#feed.pushBeats(beats);
  }

  estimator(id: string): PoseEstimatorFactory {
    return contributedEstimator(id, () => this.#onceDeclared('estimators', id, () => this.#engine(id)));
  }

  step(frame: PoseFrame): CoachFrame {
    if (this.#roster.disposed) return { frame, readings: [], cues: [] };
    this.#expectFrames();
    return this.#feed.step(frame);
  }

  async analyze(frame: PoseFrame): Promise<CoachFrame> {
    this.#roster.requireAlive();
    this.#expectFrames();
    await this.ready;
    await this.#roster.settled();
    this.#roster.requireAlive();
    return this.#feed.analyze(frame);
  }

  async finish(): Promise<Readonly<Record<string, TakeSummary>>> {
    this.#roster.requireAlive();
    return this.#feed.finish();
  }

  dispose(): void {
    if (this.#roster.disposed) return;
    const released = this.#roster.dispose();
    for (const part of [this.#changes, this.#feed, this.#settings, this.#registry]) part.dispose();
    // Extensions release first what is theirs; none of them can make this fail.
    void released.then(() => this.#hosts.dispose());
  }

  /** At once for an extension that is listed; for another one when it is, or will not be. */
  async #onceListed<T>(id: string, work: () => Promise<T>): Promise<T> {
    while (this.#awaited.size > 0 && !this.#roster.list.has(id)) await Promise.race(this.#awaited);
    return work();
  }

  /** The same for what extensions declare, switched on or off. @throws PoseCoachError `DISPOSED` */
  async #onceDeclared<T>(
    point: 'commands' | 'configuration' | 'estimators',
    id: string,
    work: () => Promise<T>,
  ): Promise<T> {
    this.#roster.requireAlive();
    while (this.#awaited.size > 0 && !this.#declares(point, id)) await Promise.race(this.#awaited);
    this.#roster.requireAlive();
    return work();
  }

  #declares(point: 'commands' | 'configuration' | 'estimators', id: string): boolean {
    return this.#roster.list.managed.some(({ manifest }) =>
      manifest.contributes[point].some((declaration) => declaration.id === id),
    );
  }

  #execute(id: string, values: readonly JsonValue[]): Promise<JsonValue | undefined> {
    return this.#onceDeclared('commands', id, () =>
      executeCommand(this.#roster.list, this.#registry, id, values),
    );
  }

  async #set(id: string, value: JsonValue | undefined): Promise<void> {
    const change = this.#settings.set(id, value);
    if (change === undefined) return;
    const extension = this.#roster.list.find(change.extension);
    extension?.running?.configure(this.#settings.values(change.extension), [id]);
    this.#settings.announce([id]);
    try {
      await change.kept;
    } catch (error) {
      extension?.log('warn', `"${id}" holds for this visit only, it cannot be stored: ${messageOf(error)}`);
    }
  }

  #expectFrames(): void {
    if (this.#wishes.sawFrame()) this.#roster.activateWanted();
    if (!this.#feed.busy) return;
    const now = this.#clock.now();
    if (now - this.#costsTold < COST_PERIOD) return;
    this.#costsTold = now;
    this.#changes.mark();
  }

  #followRules(): void {
    const rules = this.#registry
      .contributions('feedback')
      .flatMap(({ extension, value }) => (isDataRule(value) ? { ...value, source: extension } : []));
    // Whoever has changed the rules activates next what is wanted by then.
    this.#wishes.setJudged(rules.map(({ metric }) => metric));
    this.#feed.setRules(rules);
  }

  async #engine(id: string): Promise<EngineAccess> {
    const owner = this.#registry.find('estimators', id)?.extension;
    const extension = owner === undefined ? undefined : this.#roster.list.find(owner);
    if (extension === undefined)
      throw new PoseCoachError(
        'EXTENSION_NOT_FOUND',
        'No extension that is switched on contributes it. Add the extension, as trusted, or switch it on.',
      );
    await extension.activate();
    const factory = extension.running?.estimators.get(id);
    if (factory === undefined)
      throw new PoseCoachError(
        'EXTENSION_FAILED',
        `"${extension.id}" declares it, and did not register it when it was activated.`,
      );
    return {
      extension: extension.id,
      factory,
      onGone: (listener) =>
        this.#roster.onEnded((ended) => {
          if (ended === extension.id) listener();
        }),
    };
  }
}
