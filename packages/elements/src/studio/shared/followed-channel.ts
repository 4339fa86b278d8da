import type { MetricDeclaration } from '@pose-coach/core';
import type { ConnectionStatus, StageController } from '@pose-coach/core/live';
import { declaredMetrics, type FiredMessage } from '@pose-coach/core/protocol';
import type { ObsStatus, Stage, StageChange } from '@pose-coach/core/stage';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Subscription } from 'rxjs';
import { StageSync } from '../editor/stage-sync.ts';

/** How a channel stands, for an element that shows it. */
export interface ChannelNow {
  readonly connection: ConnectionStatus | undefined;
  /** With the changes of this element, also those that the server does not know yet. */
  readonly stage: Stage | undefined;
  readonly live: boolean;
  readonly obs: ObsStatus;
  /** When `obs` came, ms since the Unix epoch by this machine's clock. */
  readonly obsSince: number;
  /** What whoever is live declares. */
  readonly declared: readonly MetricDeclaration[];
  /** Why a change of this element's was given up, until the next change. */
  readonly lost: string | undefined;
}

const NOTHING: ChannelNow = {
  connection: undefined,
  stage: undefined,
  live: false,
  obs: { status: 'off' },
  obsSince: 0,
  declared: [],
  lost: undefined,
};

/** What else an element does at changes of its channel. */
export interface ChannelListener {
  /** Another channel, or none any more. */
  begun?(controller: StageController | undefined): void;
  obs?(status: ObsStatus): void;
  fired?(message: FiredMessage): void;
}

/** Follows its element's `StageController` for as long as the element is in a page. The controller stays its maker's. */
export class FollowedChannel implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #controllerOf: () => StageController | undefined;
  readonly #listener: ChannelListener;
  #controller: StageController | undefined;
  #sync: StageSync | undefined;
  #subscriptions = new Subscription();
  #now = NOTHING;

  /** @param controllerOf asked at every update of the element, so that another one is followed instead */
  constructor(
    host: ReactiveControllerHost,
    controllerOf: () => StageController | undefined,
    listener: ChannelListener = {},
  ) {
    this.#host = host;
    this.#controllerOf = controllerOf;
    this.#listener = listener;
    host.addController(this);
  }

  get now(): ChannelNow {
    return this.#now;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const wanted = this.#controllerOf();
    if (wanted !== this.#controller) this.#follow(wanted);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  /** Changes the stage, here at once. */
  change(change: StageChange): void {
    this.#note({ lost: undefined });
    this.#sync?.change(change);
  }

  #follow(controller: StageController | undefined): void {
    this.#subscriptions.unsubscribe();
    this.#sync?.dispose();
    this.#sync = undefined;
    this.#controller = controller;
    this.#now = NOTHING;
    this.#listener.begun?.(controller);
    if (!controller) return;
    const sync = new StageSync(controller);
    this.#sync = sync;
    const subscriptions = new Subscription();
    this.#subscriptions = subscriptions;
    subscriptions.add(sync.state.subscribe(({ stage, connection }) => this.#note({ stage, connection })));
    subscriptions.add(sync.lost.subscribe(({ error }) => this.#note({ lost: error.message })));
    subscriptions.add(controller.source.subscribe(({ live }) => this.#note({ live })));
    subscriptions.add(
      controller.state.subscribe((entries) => this.#note({ declared: declaredMetrics(entries) })),
    );
    subscriptions.add(
      controller.obs.subscribe((obs) => {
        this.#note({ obs, obsSince: Date.now() });
        this.#listener.obs?.(obs);
      }),
    );
    subscriptions.add(controller.fired.subscribe((message) => this.#listener.fired?.(message)));
  }

  #note(changes: Partial<ChannelNow>): void {
    this.#now = { ...this.#now, ...changes };
    this.#host.requestUpdate();
  }
}
