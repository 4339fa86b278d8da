import { type Clock, type Disposable, PoseCoachError } from '@pose-coach/core';
import type { Reading } from '@pose-coach/core/analysis';
import type { WireHeader } from '@pose-coach/core/codec';
import type {
  DelayMeasurement,
  JsonValue,
  ReadingsMessage,
  RevisedStage,
  StageEffect,
  TriggerOutcome,
} from '@pose-coach/core/protocol';
import {
  bindingValue,
  defaultStage,
  type ObsBinding,
  type Scene,
  STAGE_METRICS,
  type Stage,
  type StageChange,
} from '@pose-coach/core/stage';
import { Channel } from '../channel.ts';
import type { ObsControl } from '../obs/index.ts';
import { ChannelStage, NOBODY } from './channel-stage.ts';
import { DeclaredMetrics } from './declared-metrics.ts';
import { MediaTime } from './media-time.ts';
import { ObsBindings } from './obs-bindings.ts';
import { StageRun } from './stage-run.ts';
import type { StageStore } from './stage-store.ts';
import { fire, nobodyPublishes, type PlacedTrigger, rehearse, type TriggerReach } from './trigger-actions.ts';
import { watchedChange, watchedStage } from './watched-stage.ts';
import type { Webhooks } from './webhooks.ts';

/**
 * Milliseconds of media time after which it is seen what follows though nothing was read: analyzers may keep silent
 * while nothing changes, and what has held for long enough by then is to be done, and a combo to end.
 */
const PROCEED_AFTER = 250;

const OWN_METRICS: ReadonlySet<string> = new Set(STAGE_METRICS.map(({ id }) => id));

/** What the stages of all channels share. */
export interface StageServices {
  readonly clock: Clock;
  readonly store: StageStore;
  readonly webhooks: Webhooks;
  readonly obs: ObsControl;
  /** The channel whose OBS it is. */
  readonly obsChannel: string;
  /** Tells the operator, in one line. */
  warn(line: string): void;
}

/**
 * In charge of one channel's stage: keeps it, hears what is read, and does what its score, its triggers and its
 * bindings make of it.
 */
export class StageDirector {
  readonly channel: Channel;
  readonly #services: StageServices;
  readonly #stage: ChannelStage;
  readonly #run: StageRun;
  readonly #reach: TriggerReach;
  readonly #metrics: DeclaredMetrics;
  readonly #time = new MediaTime();
  readonly #bindings: ObsBindings | undefined;
  readonly #listening: Disposable | undefined;
  #fired = 0;
  /** ms of media time at which was seen last what follows from what is read; undefined when nothing is. */
  #proceededAt: number | undefined;

  constructor(name: string, services: StageServices) {
    const channel = new Channel(name, services.clock, (anew) => this.#sourceChanged(anew));
    this.channel = channel;
    this.#services = services;
    const kept = services.store.load(name);
    this.#stage = new ChannelStage(kept ?? defaultStage(), Math.floor(services.clock.now()));
    this.#run = new StageRun((id) => this.#metrics.of(id));
    this.#run.setStage(this.stage);
    this.#metrics = new DeclaredMetrics(channel);
    const { obs } = this;
    if (obs) {
      this.#bindings = new ObsBindings({ obs, clock: services.clock, warn: services.warn });
      this.#listening = obs.onDidChange((status) => channel.tellControllers({ type: 'obs', status }));
    }
    this.#reach = {
      channel: name,
      stage: () => this.stage,
      live: () => channel.live,
      showScene: (id) => void this.change({ current: id }, this.#stage.revision, NOBODY),
      effect: (effect) => this.#effect(effect),
      command: (command, values) => this.command(command, values),
      obs,
      webhooks: services.webhooks,
    };
  }

  get stage(): Stage {
    return this.#stage.stage;
  }

  /** A scene of the stage. */
  scene(id: string): Scene | undefined {
    return this.stage.scenes.find((scene) => scene.id === id);
  }

  /** The stage for a controller that joins. */
  get revised(): RevisedStage {
    return { stage: this.stage, revision: this.#stage.revision };
  }

  /** The stage for a subscriber that joins. */
  get watched(): RevisedStage {
    return { stage: watchedStage(this.stage), revision: this.#stage.revision };
  }

  /** Triggers that have fired since somebody came to the channel. */
  get fired(): number {
    return this.#fired;
  }

  get webhookOrigins(): readonly string[] {
    return this.#services.webhooks.origins;
  }

  /** How OBS stands, where it is this channel's. */
  get obs(): ObsControl | undefined {
    const { obs, obsChannel } = this.#services;
    return this.channel.name === obsChannel ? obs : undefined;
  }

  /**
   * Changes the stage, tells everybody, and keeps it.
   * @returns the new revision
   * @throws PoseCoachError as `ChannelStage.change`
   */
  change(change: StageChange, base: number, by: number): number {
    const message = this.#stage.change(change, base, by);
    this.#run.setStage(this.stage);
    this.channel.tellSubscribers({ ...message, change: watchedChange(message.change) });
    this.channel.tellControllers(message);
    this.#services.store.save(this.channel.name, this.#stage.stage);
    return message.revision;
  }

  /** A frame goes by: its header tells what time it is in the publisher's media, also while nothing is read. */
  frame(header: WireHeader): void {
    if (this.#time.noteFrame(header)) this.#beginAnew();
    const { now } = this.#time;
    if (now === undefined || this.#proceededAt === undefined) return;
    if (now - this.#proceededAt >= PROCEED_AFTER) this.#proceed([], []);
  }

  /** Relays what the publisher reads and says, with score and combo, and does what follows from it. */
  tell({ readings: told, cues }: ReadingsMessage): void {
    // The stage's own are made here, and nobody else's.
    const readings = told.filter(({ metric }) => !OWN_METRICS.has(metric));
    if (this.#time.noteReadings(readings)) this.#beginAnew();
    this.#proceed(readings, cues);
  }

  /** Points and combo begin again. */
  resetScore(): void {
    this.#run.restartScore();
    this.#effect({ kind: 'score-reset' });
    const { now } = this.#time;
    if (now === undefined) return;
    this.channel.tellReadings({ type: 'readings', readings: this.#run.score([], now), cues: [] });
  }

  /** @throws PoseCoachError `CONNECTION_LOST` when nobody publishes */
  command(command: string, values: readonly JsonValue[]): void {
    if (!this.channel.tellPublisher({ type: 'command', command, values })) throw nobodyPublishes();
  }

  /**
   * What a trigger does, or, dry, would do.
   * @throws PoseCoachError `STAGE_INVALID` when there is no such trigger
   */
  async test(sceneId: string, triggerId: string, dry: boolean): Promise<readonly TriggerOutcome[]> {
    const scene = this.scene(sceneId);
    const trigger = scene?.triggers.find(({ id }) => id === triggerId);
    if (!scene || !trigger) {
      throw new PoseCoachError(
        'STAGE_INVALID',
        'That trigger is not there any more: it was removed, or not saved yet.',
      );
    }
    const at = this.#services.clock.now();
    const placed = { scene, trigger };
    return dry ? rehearse(placed, at, this.#reach) : await fire(placed, at, this.#reach);
  }

  measureDelay(): DelayMeasurement {
    return this.channel.delays.measure(this.#services.clock.now());
  }

  /** The channel is left by everybody. */
  dispose(): void {
    this.#bindings?.dispose();
    this.#listening?.dispose();
  }

  /** The film jumps: what was read before says nothing of what is. */
  #beginAnew(): void {
    this.#proceededAt = undefined;
    this.#run.reset();
    this.channel.newest.clear();
  }

  #sourceChanged(anew: boolean): void {
    this.#time.forget();
    this.#proceededAt = undefined;
    this.#run.reset();
    if (anew) this.#run.restartScore();
  }

  /** Counts, relays what there is to say, and does what follows. */
  #proceed(readings: readonly Reading[], cues: ReadingsMessage['cues']): void {
    const { now } = this.#time;
    // Cues before anything was read: there is nothing to count yet.
    const added = now === undefined ? [] : this.#run.score(readings, now);
    const all = [...readings, ...added];
    if (all.length > 0 || cues.length > 0) {
      this.channel.tellReadings({ type: 'readings', readings: all, cues });
    }
    this.#bind();
    if (now === undefined) return;
    this.#proceededAt = now;
    const scene = this.#stage.current;
    const fired = this.#run.triggers(all, now);
    if (scene) for (const trigger of fired) void this.#fire({ scene, trigger });
  }

  /** Hands on to OBS what it is to show of the newest readings. */
  #bind(): void {
    const bindings = this.#bindings;
    if (!bindings) return;
    const scene = this.#stage.current;
    const bound = scene?.bindings ?? [];
    const keyOf = ({ id }: ObsBinding) => `${scene?.id}/${id}`;
    bindings.keep(new Set(bound.map(keyOf)));
    if (!bindings.reachable) return;
    for (const binding of bound) {
      const reading = this.channel.newest.of(binding.metric);
      const value = reading && bindingValue(binding, reading, this.#metrics.of(binding.metric));
      if (value) bindings.set(keyOf(binding), binding, value);
    }
  }

  #effect(effect: StageEffect): void {
    this.channel.tellSubscribers({ type: 'effect', effect });
  }

  async #fire(placed: PlacedTrigger): Promise<void> {
    this.#fired += 1;
    const at = this.#services.clock.now();
    const outcomes = await fire(placed, at, this.#reach);
    const { scene, trigger } = placed;
    this.channel.tellControllers({ type: 'fired', scene: scene.id, trigger: trigger.id, at, outcomes });
  }
}
