import { type Clock, PoseCoachError } from '@pose-coach/core';
import type { Reading } from '@pose-coach/core/analysis';
import type {
  DelayMeasurement,
  JsonValue,
  RevisedStage,
  StageEffect,
  TriggerOutcome,
} from '@pose-coach/core/protocol';
import { defaultStage, type Stage, type StageChange } from '@pose-coach/core/stage';
import type { Channel, ChannelListener } from '../channel.ts';
import type { ObsControl } from '../obs/index.ts';
import { ChannelStage, NOBODY } from './channel-stage.ts';
import type { StageStore } from './stage-store.ts';
import { fire, nobodyPublishes, rehearse, type TriggerReach } from './trigger-actions.ts';
import type { Webhooks } from './webhooks.ts';

/** What the stages of all channels share. */
export interface StageServices {
  readonly clock: Clock;
  readonly store: StageStore;
  readonly webhooks: Webhooks;
  readonly obs: ObsControl | undefined;
  /** The channel whose OBS it is. */
  readonly obsChannel: string;
  /** Tells the operator, in one line. */
  warn(line: string): void;
}

/** In charge of one channel's stage: keeps it, and does what its triggers, its score and its bindings ask for. */
export class StageDirector implements ChannelListener {
  readonly #channel: Channel;
  readonly #services: StageServices;
  readonly #stage: ChannelStage;
  readonly #reach: TriggerReach;

  constructor(channel: Channel, services: StageServices) {
    this.#channel = channel;
    this.#services = services;
    const kept = services.store.load(channel.name);
    this.#stage = new ChannelStage(kept ?? defaultStage(), Math.floor(services.clock.now()));
    const obs = channel.name === services.obsChannel ? services.obs : undefined;
    this.#reach = {
      channel: channel.name,
      stage: () => this.stage,
      live: () => channel.live,
      showScene: (id) => void this.change({ current: id }, this.#stage.revision, NOBODY),
      effect: (effect) => this.#effect(effect),
      command: (command, values) => this.command(command, values),
      obs,
      webhooks: services.webhooks,
    };
    channel.listen(this);
  }

  get stage(): Stage {
    return this.#stage.stage;
  }

  /** The stage for whoever joins. */
  get revised(): RevisedStage {
    return { stage: this.#stage.stage, revision: this.#stage.revision };
  }

  /** Triggers that have fired since somebody came to the channel. */
  get fired(): number {
    return 0;
  }

  get webhookOrigins(): readonly string[] {
    return this.#services.webhooks.origins;
  }

  /** How OBS stands, where it is this channel's. */
  get obs(): ObsControl | undefined {
    return this.#channel.name === this.#services.obsChannel ? this.#services.obs : undefined;
  }

  /**
   * Changes the stage, tells everybody, and keeps it.
   * @returns the new revision
   * @throws PoseCoachError as `ChannelStage.change`
   */
  change(change: StageChange, base: number, by: number): number {
    const message = this.#stage.change(change, base, by);
    this.#channel.tellAll(message);
    this.#services.store.save(this.#channel.name, this.#stage.stage);
    return message.revision;
  }

  /** Points and combo begin again. */
  resetScore(): void {
    this.#effect({ kind: 'score-reset' });
  }

  /** @throws PoseCoachError `CONNECTION_LOST` when nobody publishes */
  command(command: string, values: readonly JsonValue[]): void {
    if (!this.#channel.tellPublisher({ type: 'command', command, values })) throw nobodyPublishes();
  }

  /**
   * What a trigger does, or, dry, would do.
   * @throws PoseCoachError `STAGE_INVALID` when there is no such trigger
   */
  async test(sceneId: string, triggerId: string, dry: boolean): Promise<readonly TriggerOutcome[]> {
    const scene = this.stage.scenes.find(({ id }) => id === sceneId);
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
    return this.#channel.delays.measure(this.#services.clock.now());
  }

  readings(): readonly Reading[] {
    return [];
  }

  source(): void {}

  dispose(): void {}

  #effect(effect: StageEffect): void {
    this.#channel.tellSubscribers({ type: 'effect', effect });
  }
}
