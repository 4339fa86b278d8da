import { changedScenes, type StageChange } from '@pose-coach/core/stage';

/** One change that does what two do one after the other. */
export function mergeChanges(first: StageChange, second: StageChange): StageChange {
  const again = changedScenes(second);
  const order = second.order ?? (first.order && orderAfter(first.order, second));
  return withoutNothing({
    ...first,
    ...second,
    scenes: [...(first.scenes ?? []).filter(({ id }) => !again.includes(id)), ...(second.scenes ?? [])],
    removed: [...(first.removed ?? []).filter((id) => !again.includes(id)), ...(second.removed ?? [])],
    ...(order ? { order } : {}),
  });
}

/** An order names every scene: what is removed leaves it, and what is new comes last. */
function orderAfter(order: readonly string[], { scenes = [], removed = [] }: StageChange): readonly string[] {
  const added = scenes.map(({ id }) => id).filter((id) => !order.includes(id));
  return [...order, ...added].filter((id) => !removed.includes(id));
}

/** What is left of a change when it is to leave some scenes as they are; nothing when that was all. */
export function withoutScenes(change: StageChange, ids: readonly string[]): StageChange | undefined {
  const rest = withoutNothing({
    ...change,
    scenes: (change.scenes ?? []).filter(({ id }) => !ids.includes(id)),
    removed: (change.removed ?? []).filter((id) => !ids.includes(id)),
  });
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function withoutNothing({ scenes = [], removed = [], ...rest }: StageChange): StageChange {
  return {
    ...rest,
    ...(scenes.length > 0 ? { scenes } : {}),
    ...(removed.length > 0 ? { removed } : {}),
  };
}
