import type { Scene, Stage, StageChange } from './stage.ts';
import { jsonBytes, MAXIMUM_SCENES, MAXIMUM_STAGE_BYTES } from './stage-limits.ts';

/**
 * The stage after a change that has no fault. Scenes that do not change remain the same objects. When the current
 * scene is removed and no other named, the first that remains is the current one.
 */
export function applyStageChange(stage: Stage, change: StageChange): Stage {
  const scenes = scenesAfter(stage, change);
  const [first] = scenes;
  if (first === undefined) return stage;
  const wanted = change.current ?? stage.current;
  return {
    ...stage,
    scenes,
    current: scenes.some(({ id }) => id === wanted) ? wanted : first.id,
    hidden: change.hidden ?? stage.hidden,
  };
}

/**
 * Why a change cannot be made to this stage, in plain words; undefined when it can. Removing what is not there is
 * no fault: somebody else was faster.
 */
export function stageChangeFault(stage: Stage, change: StageChange): string | undefined {
  const removed = new Set(change.removed);
  const both = change.scenes?.find(({ id }) => removed.has(id));
  if (both) return `The scene “${both.name}” cannot be changed and removed at once.`;
  const scenes = scenesAfter(stage, change);
  if (scenes.length === 0) return 'The last scene cannot be removed: add another one before.';
  if (scenes.length > MAXIMUM_SCENES)
    return `A stage has at most ${MAXIMUM_SCENES} scenes: remove one before.`;
  const ids = new Set(scenes.map(({ id }) => id));
  if (change.current !== undefined && !ids.has(change.current)) {
    return `There is no scene “${change.current}” that could be shown.`;
  }
  const { order } = change;
  if (
    order &&
    !(order.length === ids.size && new Set(order).size === ids.size && order.every((id) => ids.has(id)))
  ) {
    return 'A new order must name every scene once.';
  }
  if (change.scenes && jsonBytes(applyStageChange(stage, change)) > MAXIMUM_STAGE_BYTES) {
    return `The stage would be larger than ${MAXIMUM_STAGE_BYTES / 1000} kB: remove a scene before.`;
  }
  return undefined;
}

/** Ids of the scenes that a change replaces, adds or removes: two changes with one in common contradict each other. */
export function changedScenes(change: StageChange): readonly string[] {
  return [...new Set([...(change.scenes ?? []).map(({ id }) => id), ...(change.removed ?? [])])];
}

function scenesAfter(stage: Stage, { scenes = [], removed = [], order }: StageChange): readonly Scene[] {
  const gone = new Set(removed);
  const given = new Map(scenes.map((scene) => [scene.id, scene]));
  const known = new Set(stage.scenes.map(({ id }) => id));
  const remaining = [
    ...stage.scenes.map((scene) => given.get(scene.id) ?? scene),
    ...scenes.filter(({ id }) => !known.has(id)),
  ].filter(({ id }) => !gone.has(id));
  if (!order) return remaining;
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: Scene) => places.get(id) ?? order.length;
  return remaining.sort((one, other) => placeOf(one) - placeOf(other));
}
