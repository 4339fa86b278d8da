import { placeItems } from './item-edits.ts';
import type { Scene, StageItem, StageRectangle } from './stage.ts';

/** Which edges, or middles, come to lie on one line. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** The scene with these items aligned to what they take up together, or, if it is one, to the canvas. */
export function alignItems(scene: Scene, ids: readonly string[], to: Alignment): Scene {
  const items = chosen(scene, ids);
  if (items.length === 0) return scene;
  const { width, height } = scene.canvas;
  const around = items.length > 1 ? bounds(items) : { x: 0, y: 0, width, height };
  return placeItems(scene, new Map(items.map((item) => [item.id, aligned(item, around, to)])));
}

/**
 * The scene with the same space between these items, from left to right (`x`) or from top to bottom (`y`). The first
 * and the last stay where they are; with fewer than three there is nothing to do.
 */
export function distributeItems(scene: Scene, ids: readonly string[], axis: 'x' | 'y'): Scene {
  const length = axis === 'x' ? 'width' : 'height';
  const middle = (item: StageRectangle) => item[axis] + item[length] / 2;
  const items = [...chosen(scene, ids)].sort((one, other) => middle(one) - middle(other));
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined || items.length < 3) return scene;
  const whole = last[axis] + last[length] - first[axis];
  const filled = items.reduce((sum, item) => sum + item[length], 0);
  const space = (whole - filled) / (items.length - 1);
  let at = first[axis];
  const places = new Map<string, StageRectangle>();
  for (const item of items) {
    if (item !== first && item !== last) places.set(item.id, { ...item, [axis]: Math.round(at) });
    at += item[length] + space;
  }
  return placeItems(scene, places);
}

function chosen(scene: Scene, ids: readonly string[]): readonly StageItem[] {
  return scene.items.filter(({ id }) => ids.includes(id));
}

function bounds(rectangles: readonly StageRectangle[]): StageRectangle {
  const x = Math.min(...rectangles.map((one) => one.x));
  const y = Math.min(...rectangles.map((one) => one.y));
  const width = Math.max(...rectangles.map((one) => one.x + one.width)) - x;
  const height = Math.max(...rectangles.map((one) => one.y + one.height)) - y;
  return { x, y, width, height };
}

function aligned(item: StageRectangle, around: StageRectangle, to: Alignment): StageRectangle {
  switch (to) {
    case 'left':
      return { ...item, x: around.x };
    case 'centre':
      return { ...item, x: Math.round(around.x + (around.width - item.width) / 2) };
    case 'right':
      return { ...item, x: around.x + around.width - item.width };
    case 'top':
      return { ...item, y: around.y };
    case 'middle':
      return { ...item, y: Math.round(around.y + (around.height - item.height) / 2) };
    case 'bottom':
      return { ...item, y: around.y + around.height - item.height };
  }
}
