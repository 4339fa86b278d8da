import { type Clock, PoseCoachError, systemClock, toPoseCoachError } from '@pose-coach/core';
import type { ConnectionStatus, StageController } from '@pose-coach/core/live';
import {
  applyStageChange,
  changedScenes,
  type Scene,
  type Stage,
  type StageChange,
} from '@pose-coach/core/stage';
import { BehaviorSubject, type Observable, Subject, Subscription } from 'rxjs';
import { mergeChanges, withoutScenes } from './merge-changes.ts';
import { isSameJson } from './same-json.ts';

/** Milliseconds between two changes that are sent: a drag is seen on the overlay at 20 Hz. */
const SEND_PERIOD = 50;

/** How the stage that is shown here stands to the server's. */
export interface SyncState {
  /** With all changes of this page, also those that the server does not know yet; absent until it is known. */
  readonly stage: Stage | undefined;
  readonly connection: ConnectionStatus;
  /** Whether there are changes that the server does not know yet. */
  readonly unsaved: boolean;
}

/** Changes of this page that were given up. */
export interface LostChange {
  /** Scenes that are now as the server has them. */
  readonly scenes: readonly string[];
  /** Why, and what to do, in plain words. */
  readonly error: PoseCoachError;
}

/**
 * The stage of a channel, changed at once here and then on the server: one request at a time, at most twenty a
 * second, what waits merged into one. A change that somebody else was quicker with is given up for theirs; one that
 * could not be sent for want of a connection waits for it.
 */
export class StageSync {
  readonly #controller: StageController;
  readonly #clock: Clock;
  readonly #state = new BehaviorSubject<SyncState>({
    stage: undefined,
    connection: { status: 'connecting' },
    unsaved: false,
  });
  readonly #lost = new Subject<LostChange>();
  readonly #subscriptions = new Subscription();
  /** As the server has it, as far as is known here. */
  #server: { readonly stage: Stage; readonly revision: number } | undefined;
  #waiting: StageChange | undefined;
  #sent: StageChange | undefined;
  /** Scenes with changes of ours, in the versions in which the server may have them when nobody else changed them. */
  #known = new Map<string, readonly (Scene | undefined)[]>();
  #connection: ConnectionStatus = { status: 'connecting' };
  #sentAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;
  #disposed = false;

  /** At once, then every change. */
  readonly state: Observable<SyncState> = this.#state.asObservable();
  readonly lost: Observable<LostChange> = this.#lost.asObservable();

  constructor(controller: StageController, clock: Clock = systemClock) {
    this.#controller = controller;
    this.#clock = clock;
    this.#subscriptions.add(
      controller.stage.subscribe((revised) => {
        this.#server = revised;
        this.#tell();
        this.#plan();
      }),
    );
    this.#subscriptions.add(
      controller.status.subscribe((connection) => {
        this.#connection = connection;
        this.#tell();
        this.#plan();
      }),
    );
  }

  get current(): SyncState {
    return this.#state.value;
  }

  /** Changes the stage, here at once. Does nothing before the stage is known. */
  change(change: StageChange): void {
    const { stage } = this.current;
    if (!stage || !this.#server) return;
    for (const id of changedScenes(change)) {
      if (!this.#known.has(id)) this.#known.set(id, [sceneOf(this.#server.stage, id)]);
    }
    this.#waiting = this.#waiting ? mergeChanges(this.#waiting, change) : change;
    this.#tell();
    this.#plan();
  }

  /** Leaves the stage as it is; what was not sent yet is sent, if it can be. */
  dispose(): void {
    if (this.#disposed) return;
    if (this.#waiting && !this.#sent) void this.#send();
    this.#disposed = true;
    this.#cancelTimer?.();
    this.#subscriptions.unsubscribe();
    this.#state.complete();
    this.#lost.complete();
  }

  #tell(): void {
    if (this.#disposed) return;
    let stage = this.#server?.stage;
    for (const change of [this.#sent, this.#waiting]) {
      if (stage && change) stage = applyStageChange(stage, change);
    }
    this.#state.next({
      stage,
      connection: this.#connection,
      unsaved: this.#sent !== undefined || this.#waiting !== undefined,
    });
  }

  #plan(): void {
    const ready = this.#waiting && !this.#sent && this.#connection.status === 'connected';
    if (!ready || this.#cancelTimer || this.#disposed) return;
    const wait = this.#sentAt + SEND_PERIOD - this.#clock.now();
    if (wait <= 0) {
      void this.#send();
      return;
    }
    this.#cancelTimer = this.#clock.delay(wait, () => {
      this.#cancelTimer = undefined;
      this.#plan();
    });
  }

  async #send(): Promise<void> {
    const [change, server] = [this.#waiting, this.#server];
    if (!change || !server) return;
    const taken = this.#takenByOthers(change, server.stage);
    if (taken.length > 0) {
      this.#giveUp(taken, outdated());
      this.#plan();
      return;
    }
    this.#waiting = undefined;
    this.#sent = change;
    this.#sentAt = this.#clock.now();
    try {
      const { revision } = await this.#controller.request('stage.change', { change, base: server.revision });
      this.#sent = undefined;
      this.#confirm(change, revision);
    } catch (thrown) {
      this.#sent = undefined;
      this.#refused(change, toPoseCoachError(thrown, 'MESSAGE_INVALID', String(thrown)));
    }
    this.#tell();
    this.#plan();
  }

  /** The server has taken a change, whether or not it has told everybody yet. */
  #confirm(change: StageChange, revision: number): void {
    if (this.#server && revision > this.#server.revision) {
      this.#server = { stage: applyStageChange(this.#server.stage, change), revision };
    }
    const further = this.#waiting ? changedScenes(this.#waiting) : [];
    for (const id of changedScenes(change)) {
      if (further.includes(id)) this.#known.set(id, [sceneIn(change, id)]);
      else this.#known.delete(id);
    }
  }

  #refused(change: StageChange, error: PoseCoachError): void {
    if (this.#disposed) return;
    if (error.code === 'CONNECTION_LOST') {
      // Nobody knows whether it was taken: it is sent again, unless somebody else changes the scene in between.
      for (const id of changedScenes(change)) {
        this.#known.set(id, [...(this.#known.get(id) ?? []), sceneIn(change, id)]);
      }
      this.#waiting = this.#waiting ? mergeChanges(change, this.#waiting) : change;
      return;
    }
    // What was done since builds on what was refused.
    this.#giveUp(changedScenes(change), error);
  }

  #giveUp(scenes: readonly string[], error: PoseCoachError): void {
    this.#waiting = this.#waiting && withoutScenes(this.#waiting, scenes);
    for (const id of scenes) this.#known.delete(id);
    this.#tell();
    this.#lost.next({ scenes, error });
  }

  /** Scenes of a change that are on the server in none of the versions that we know. */
  #takenByOthers(change: StageChange, stage: Stage): readonly string[] {
    return changedScenes(change).filter((id) => {
      const now = sceneOf(stage, id);
      return !(this.#known.get(id) ?? []).some((known) => isSameJson(known, now));
    });
  }
}

function sceneOf(stage: Stage, id: string): Scene | undefined {
  return stage.scenes.find((scene) => scene.id === id);
}

/** What a change makes of a scene. */
function sceneIn(change: StageChange, id: string): Scene | undefined {
  return change.scenes?.find((scene) => scene.id === id);
}

function outdated(): PoseCoachError {
  return new PoseCoachError(
    'STAGE_OUTDATED',
    'Somebody else changed this scene at the same time. It is shown as they left it; do your last step again if you still want it.',
  );
}
