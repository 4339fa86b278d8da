import { movedRectangle } from './placing.ts';
import type { Scene, SkeletonItem, StageItem, StageRectangle, WidgetItem } from './stage.ts';
import { MAXIMUM_ITEMS } from './stage-limits.ts';

/** How far from what lies at the same place something new is put, in stage pixels: both can be seen. */
const BESIDE = 24;

/** What can be changed of an item: all but what it is. */
export type ItemChanges = Partial<Omit<SkeletonItem, 'id' | 'kind'> & Omit<WidgetItem, 'id' | 'kind'>>;

/** The scene with some things about one item changed. Changes that its kind does not know are left out. */
export function setItem(scene: Scene, id: string, changes: ItemChanges): Scene {
  return withItems(
    scene,
    scene.items.map((item) => (item.id === id ? changed(item, changes) : item)),
  );
}

function changed(item: StageItem, changes: ItemChanges): StageItem {
  const { widget, settings, fit, mirror, trails, highlight, ...place } = changes;
  if (item.kind === 'widget') {
    return { ...item, ...place, ...defined({ widget, settings }) };
  }
  return { ...item, ...place, ...defined({ fit, mirror, trails, highlight }) };
}

/** Without the properties that are undefined. */
function defined<T extends object>(properties: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}

/** The scene with items at other places, by id. */
export function placeItems(scene: Scene, places: ReadonlyMap<string, StageRectangle>): Scene {
  return withItems(
    scene,
    scene.items.map((item) => {
      const place = places.get(item.id);
      if (place === undefined) return item;
      const { x, y, width, height } = place;
      return { ...item, x, y, width, height };
    }),
  );
}

/**
 * The scene with one more item: a skeleton behind everything, a widget in front, and beside a widget that lies exactly
 * there. The same scene when it is full, has that id, or has a skeleton already.
 */
export function addItem(scene: Scene, item: StageItem): Scene {
  const { items } = scene;
  if (items.length >= MAXIMUM_ITEMS || items.some(({ id }) => id === item.id)) return scene;
  if (item.kind === 'widget') return { ...scene, items: [...items, besideOthers(item, scene)] };
  return items.some(({ kind }) => kind === 'skeleton') ? scene : { ...scene, items: [item, ...items] };
}

/** The scene without an item. What triggers say of it stays: it may come back. */
export function removeItem(scene: Scene, id: string): Scene {
  return withItems(
    scene,
    scene.items.filter((item) => item.id !== id),
  );
}

/** The scene with a copy of a widget, in front and a little beside it; the same when `addItem` would not have it. */
export function duplicateItem(scene: Scene, id: string, newId: string): Scene {
  const item = scene.items.find((one) => one.id === id);
  return item?.kind === 'widget' ? addItem(scene, { ...item, id: newId }) : scene;
}

/** Moved on until no widget lies exactly there; at the canvas's corner there is nowhere to go on to. */
function besideOthers(item: WidgetItem, { items, canvas }: Scene): WidgetItem {
  let place = item;
  for (const _ of items) {
    const { x, y } = place;
    if (!items.some((other) => other.kind === 'widget' && other.x === x && other.y === y)) break;
    place = { ...place, ...movedRectangle(place, BESIDE, BESIDE, canvas) };
  }
  return place;
}

/** The scene with one item moved to the front or the back, or past its neighbour. */
export function moveLayer(scene: Scene, id: string, to: 'front' | 'back' | 'forward' | 'backward'): Scene {
  const from = scene.items.findIndex((item) => item.id === id);
  const item = scene.items[from];
  if (item === undefined) return scene;
  const last = scene.items.length - 1;
  const places = { front: last, back: 0, forward: Math.min(from + 1, last), backward: Math.max(from - 1, 0) };
  const items = scene.items.filter((other) => other !== item);
  items.splice(places[to], 0, item);
  return withItems(scene, items);
}

/** The same scene when nothing has changed. */
function withItems(scene: Scene, items: readonly StageItem[]): Scene {
  const same =
    items.length === scene.items.length && items.every((item, index) => item === scene.items[index]);
  return same ? scene : { ...scene, items };
}
