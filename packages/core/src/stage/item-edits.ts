import { wholeSkeleton } from './default-stage.ts';
import { freePlace } from './free-place.ts';
import { movedRectangle } from './placing.ts';
import { SAFE_MARGIN } from './snap.ts';
import type { Scene, SkeletonItem, StageItem, StageRectangle, WidgetItem } from './stage.ts';
import { MAXIMUM_ITEMS } from './stage-limits.ts';

/** How far from what lies at the same place something new is put, in stage pixels: both can be seen. */
const BESIDE = 24;

/** Room for a number behind the name from which an id is made. */
const LONGEST_NAME = 30;

/** What can be changed of an item: all but what it is. */
export type ItemChanges = Partial<Omit<SkeletonItem, 'id' | 'kind'> & Omit<WidgetItem, 'id' | 'kind'>>;

/** A scene with something in it that was not there before. */
export interface SceneWithNew {
  readonly scene: Scene;
  /** Ids of what is new. */
  readonly ids: readonly string[];
}

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
 * The scene with one more widget in front, in the middle of the canvas or above or below what lies there, and small
 * enough for the safe margins.
 * @param size as the widget declares it
 * @returns undefined when the scene is full
 */
export function addWidget(
  scene: Scene,
  widget: string,
  size: { readonly width: number; readonly height: number },
): SceneWithNew | undefined {
  if (scene.items.length >= MAXIMUM_ITEMS) return undefined;
  const { canvas } = scene;
  const room = 1 - 2 * SAFE_MARGIN;
  const scale = Math.min(1, (canvas.width * room) / size.width, (canvas.height * room) / size.height);
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const x = Math.round((canvas.width - width) / 2);
  const y = Math.round((canvas.height - height) / 2);
  const id = freeId(scene, widget.slice(widget.indexOf('.') + 1));
  const item: WidgetItem = {
    kind: 'widget',
    id,
    widget,
    ...besideOthers(freePlace({ x, y, width, height }, scene.items.filter(isWidget), canvas), scene),
    visible: true,
    settings: {},
  };
  return { scene: { ...scene, items: [...scene.items, item] }, ids: [id] };
}

/**
 * The scene with a skeleton behind everything, over the whole canvas.
 * @returns undefined when the scene is full, or has one
 */
export function addSkeleton(scene: Scene): SceneWithNew | undefined {
  if (scene.items.length >= MAXIMUM_ITEMS || scene.items.some(({ kind }) => kind === 'skeleton'))
    return undefined;
  const item = wholeSkeleton(freeId(scene, 'skeleton'), scene.canvas);
  return { scene: { ...scene, items: [item, ...scene.items] }, ids: [item.id] };
}

/** The scene without these items. What triggers say of them stays: they may come back. */
export function removeItems(scene: Scene, ids: readonly string[]): Scene {
  return withItems(
    scene,
    scene.items.filter(({ id }) => !ids.includes(id)),
  );
}

/** The scene with a copy of each of these widgets, in front and a little beside; as many as fit. */
export function duplicateItems(scene: Scene, ids: readonly string[]): SceneWithNew {
  let result: SceneWithNew = { scene, ids: [] };
  for (const item of scene.items) {
    if (!ids.includes(item.id) || item.kind !== 'widget') continue;
    const { scene: before, ids: made } = result;
    if (before.items.length >= MAXIMUM_ITEMS) break;
    const id = freeId(before, item.id.replace(/-\d+$/, ''));
    const copy = { ...item, ...besideOthers(item, before), id };
    result = { scene: { ...before, items: [...before.items, copy] }, ids: [...made, id] };
  }
  return result;
}

function isWidget(item: StageItem): item is WidgetItem {
  return item.kind === 'widget';
}

/** Moved on until no widget lies exactly there; in the corner of the canvas there is nowhere to go on to. */
function besideOthers(wanted: StageRectangle, { items, canvas }: Scene): StageRectangle {
  const { x, y, width, height } = wanted;
  let place: StageRectangle = { x, y, width, height };
  for (const _ of items) {
    const { x: left, y: top } = place;
    if (!items.some((item) => item.kind === 'widget' && item.x === left && item.y === top)) break;
    place = movedRectangle(place, BESIDE, BESIDE, canvas);
  }
  return place;
}

/** An id like a name that no item of the scene has: `tempo`, then `tempo-2`. */
function freeId({ items }: Scene, name: string): string {
  const base = name.replace(/[^\w-]/g, '-').slice(0, LONGEST_NAME) || 'item';
  const taken = new Set(items.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
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
