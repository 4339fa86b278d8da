import { addSkeleton, type Scene, type Stage, WIDE_CANVAS } from '@pose-coach/core/stage';

/** A theme for scenes where there is no other to take it from. */
const FIRST_THEME = 'overlay.neon';

/** Characters of an id, behind its word: two with the same one are not to be expected. */
const ID_LENGTH = 10;

/** An id that nothing else has. */
function newSceneId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  return `scene-${[...bytes].map((byte) => (byte % 36).toString(36)).join('')}`;
}

/** An empty scene, but for the skeleton: with canvas and theme of another. */
export function newScene(stage: Stage, like: Scene | undefined): Scene {
  const empty: Scene = {
    id: newSceneId(),
    name: freeName(stage, 'Scene'),
    canvas: like?.canvas ?? WIDE_CANVAS,
    theme: like?.theme ?? { id: FIRST_THEME, settings: {} },
    items: [],
    ...(like?.scoring ? { scoring: like.scoring } : {}),
    triggers: [],
    bindings: [],
  };
  return addSkeleton(empty)?.scene ?? empty;
}

/** A copy of a scene, with the items' own ids, because its triggers speak of them. */
export function duplicatedScene(stage: Stage, scene: Scene): Scene {
  return {
    ...scene,
    id: newSceneId(),
    name: freeName(stage, `${scene.name.slice(0, LONGEST_NAME - 5)} copy`),
  };
}

/** Characters of a name before a number: a stage takes 80 in all. */
const LONGEST_NAME = 72;

/** A name that no scene has: `Scene`, then `Scene 2`. */
function freeName(stage: Stage, name: string): string {
  const wanted = name.slice(0, LONGEST_NAME);
  const taken = new Set(stage.scenes.map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(free)) return free;
  }
}
