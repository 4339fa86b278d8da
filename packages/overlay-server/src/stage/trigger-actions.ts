import { PoseCoachError } from '@pose-coach/core';
import type { JsonValue, StageEffect, TriggerOutcome } from '@pose-coach/core/protocol';
import type { Scene, Stage, Trigger, TriggerAction } from '@pose-coach/core/stage';
import type { ObsControl } from '../obs/index.ts';
import type { Webhooks } from './webhooks.ts';

/** What triggers of one channel can reach. */
export interface TriggerReach {
  readonly channel: string;
  readonly stage: () => Stage;
  /** Whether somebody publishes, and so could run a command. */
  readonly live: () => boolean;
  /** Makes another scene the current one. @throws PoseCoachError `STAGE_INVALID` */
  showScene(id: string): void;
  /** Tells overlay pages. */
  effect(effect: StageEffect): void;
  /** @throws PoseCoachError `CONNECTION_LOST` when nobody publishes */
  command(command: string, values: readonly JsonValue[]): void;
  /** Absent: OBS is another channel's. */
  readonly obs: Pick<ObsControl, 'status' | 'methods'> | undefined;
  readonly webhooks: Webhooks;
}

/** A trigger, and the scene that it belongs to. */
export interface PlacedTrigger {
  readonly scene: Scene;
  readonly trigger: Trigger;
}

/** One action: what it does in words, whether it could be done now, and the doing. */
interface Deed {
  readonly words: string;
  /** @throws PoseCoachError that says what is missing */
  check(): void;
  /** @throws PoseCoachError */
  run(): unknown;
}

/** Begins all actions of a trigger in their order, and tells what became of each when all are done. */
export function fire(placed: PlacedTrigger, at: number, reach: TriggerReach): Promise<TriggerOutcome[]> {
  return Promise.all(
    placed.trigger.actions.map(async (action) => {
      const deed = deedOf(action, placed, at, reach);
      try {
        deed.check();
        await deed.run();
        return { action, ok: true, message: `Done: ${deed.words}.` };
      } catch (thrown) {
        return failure(action, deed, thrown);
      }
    }),
  );
}

/** What firing a trigger would do, without doing it. */
export function rehearse(placed: PlacedTrigger, at: number, reach: TriggerReach): TriggerOutcome[] {
  return placed.trigger.actions.map((action) => {
    const deed = deedOf(action, placed, at, reach);
    try {
      deed.check();
      return { action, ok: true, message: `Would: ${deed.words}.` };
    } catch (thrown) {
      return failure(action, deed, thrown);
    }
  });
}

function failure(action: TriggerAction, deed: Deed, thrown: unknown): TriggerOutcome {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return { action, ok: false, message: `Not done: ${deed.words}. ${reason}` };
}

const NOTHING = () => {};

function deedOf(
  action: TriggerAction,
  { scene, trigger }: PlacedTrigger,
  at: number,
  reach: TriggerReach,
): Deed {
  const { obs } = reach;
  const obsDeed = (words: string, run: (methods: ObsControl['methods']) => Promise<unknown>): Deed => ({
    words,
    check: () => {
      if (!obs) throw noObsHere();
      if (obs.status.status !== 'connected') throw notConnected();
    },
    run: () => (obs ? run(obs.methods) : Promise.reject(noObsHere())),
  });
  switch (action.do) {
    case 'stage-scene': {
      const target = reach.stage().scenes.find(({ id }) => id === action.scene);
      return {
        words: `show the scene “${target?.name ?? action.scene}”`,
        check: () => {
          if (!target) throw missing('That scene is not there any more: choose another in the trigger.');
        },
        run: () => reach.showScene(action.scene),
      };
    }
    case 'show-item': {
      const { item, seconds } = action;
      const target = scene.items.find(({ id }) => id === item);
      return {
        words: `show “${target?.name ?? item}” for ${seconds} s`,
        check: () => {
          if (!target)
            throw missing('That item is not in the scene any more: choose another in the trigger.');
        },
        run: () => reach.effect({ kind: 'show-item', scene: scene.id, item, seconds }),
      };
    }
    case 'sound':
      return {
        words: `play the sound “${action.sound}”`,
        check: NOTHING,
        run: () => reach.effect({ kind: 'sound', sound: action.sound }),
      };
    case 'command':
      return {
        words: `run the command ${action.command}`,
        check: () => {
          if (!reach.live()) throw nobodyPublishes();
        },
        run: () => reach.command(action.command, action.values ?? []),
      };
    case 'obs-scene':
      return obsDeed(`switch OBS to the scene “${action.scene}”`, (methods) =>
        methods['obs.scene']({ scene: action.scene }),
      );
    case 'obs-record':
      return obsDeed(`${action.to} recording in OBS`, (methods) => methods['obs.record']({ to: action.to }));
    case 'obs-chapter':
      return obsDeed(`mark the chapter “${action.title}” in OBS`, (methods) =>
        methods['obs.chapter']({ title: action.title }),
      );
    case 'webhook':
      return {
        words: `post to ${action.url}`,
        check: () => void reach.webhooks.check(action.url),
        run: () =>
          reach.webhooks.post(action.url, {
            channel: reach.channel,
            scene: scene.id,
            trigger: trigger.id,
            at,
          }),
      };
  }
}

/** A command can only be run where the extensions are. */
export function nobodyPublishes(): PoseCoachError {
  return new PoseCoachError(
    'CONNECTION_LOST',
    'Nobody is live, and commands run where the camera is: go live in the studio first.',
  );
}

/** The words for channels that are not the one whose OBS this is. */
export function noObsHere(): PoseCoachError {
  return new PoseCoachError(
    'OBS_UNSUPPORTED',
    'This server’s OBS belongs to another channel: start the server with --channel and this channel’s name.',
  );
}

function notConnected(): PoseCoachError {
  return new PoseCoachError('OBS_UNREACHABLE', 'OBS is not connected: connect it in the studio, under OBS.');
}

function missing(words: string): PoseCoachError {
  return new PoseCoachError('STAGE_INVALID', words);
}
