import { PoseCoachError } from '@pose-coach/core';
import type { StageMessage } from '@pose-coach/core/protocol';
import {
  applyStageChange,
  changedScenes,
  type Scene,
  type Stage,
  type StageChange,
  stageChangeFault,
} from '@pose-coach/core/stage';

/** Scenes whose last change is remembered, those that were removed included: several times what a stage has. */
const REMEMBERED_CHANGES = 200;

/** The last change of a scene. */
interface SceneChange {
  readonly revision: number;
  /** The connection that made it. */
  readonly by: number;
}

/** Whoever changes a stage without having a connection: a trigger. */
export const NOBODY = 0;

/** A channel's stage with its revision, and who changed which scene when. */
export class ChannelStage {
  #stage: Stage;
  #revision: number;
  readonly #changes = new Map<string, SceneChange>();

  /**
   * @param revision the first one. The time in milliseconds, so that revisions go on rising when the server was
   *   restarted: nobody makes a thousand changes a second.
   */
  constructor(stage: Stage, revision: number) {
    this.#stage = stage;
    this.#revision = revision;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The scene that overlays show whose address names none. */
  get current(): Scene | undefined {
    const { scenes, current } = this.#stage;
    return scenes.find(({ id }) => id === current);
  }

  /**
   * Applies a change that was read with `readStageChange`.
   * @param base the revision that whoever changes has seen
   * @param by the connection that changes
   * @returns what everybody is to be told
   * @throws PoseCoachError `STAGE_OUTDATED` when another connection changed or removed a scene of it after `base`;
   *   `STAGE_INVALID` when the stage would not be one any more. Nothing is changed then.
   */
  change(change: StageChange, base: number, by: number): StageMessage {
    const touched = changedScenes(change);
    for (const id of touched) {
      const last = this.#changes.get(id);
      if (last && last.revision > base && last.by !== by) {
        throw new PoseCoachError(
          'STAGE_OUTDATED',
          `The scene "${id}" was changed elsewhere in the meantime: take over its new state and change it again.`,
        );
      }
    }
    const fault = stageChangeFault(this.#stage, change);
    if (fault !== undefined) throw new PoseCoachError('STAGE_INVALID', fault);
    this.#stage = applyStageChange(this.#stage, change);
    this.#revision += 1;
    for (const id of touched) this.#remember(id, { revision: this.#revision, by });
    return { type: 'stage', revision: this.#revision, change };
  }

  #remember(id: string, change: SceneChange): void {
    this.#changes.delete(id);
    this.#changes.set(id, change);
    for (const oldest of this.#changes.keys()) {
      if (this.#changes.size <= REMEMBERED_CHANGES) break;
      this.#changes.delete(oldest);
    }
  }
}
