import type { Scene, Stage, StageChange } from '@pose-coach/core/stage';

/*
 * What viewers are told of a stage: what they need to show it, and not what follows behind it. The address of a
 * webhook often is all that one needs to post there, and overlay links are given to others.
 */

/** The stage as whoever only watches is told it. */
export function watchedStage(stage: Stage): Stage {
  return { ...stage, scenes: stage.scenes.map(watched) };
}

/** A change of the stage as whoever only watches is told it. */
export function watchedChange(change: StageChange): StageChange {
  return change.scenes ? { ...change, scenes: change.scenes.map(watched) } : change;
}

function watched(scene: Scene): Scene {
  return { ...scene, triggers: [], bindings: [] };
}
