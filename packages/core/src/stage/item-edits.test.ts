import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignItems, distributeItems } from './align-items.ts';
import {
  addSkeleton,
  addWidget,
  duplicateItems,
  moveLayer,
  placeItems,
  removeItems,
  setItem,
} from './item-edits.ts';
import { readScene } from './read-stage.ts';
import type { Scene, WidgetItem } from './stage.ts';
import { scene as anyScene, SEED } from './stage-arbitraries.test-data.ts';

const widget = (id: string, x = 0, y = 0, width = 100, height = 50): WidgetItem => ({
  kind: 'widget',
  id,
  widget: 'overlay.tempo',
  x,
  y,
  width,
  height,
  visible: true,
  settings: {},
});

const sceneOf = (...items: Scene['items']): Scene => ({
  id: 'one',
  name: 'One',
  canvas: { width: 1920, height: 1080 },
  theme: { id: 'overlay.neon', settings: {} },
  items,
  triggers: [],
  bindings: [],
});

const ids = ({ items }: Scene) => items.map(({ id }) => id).join(' ');
const places = ({ items }: Scene) => items.map(({ x, y }) => `${x},${y}`).join(' ');

describe('an edit of items', () => {
  it('sets what it names and leaves the rest', () => {
    const before = sceneOf(widget('a'), widget('b'));
    const after = setItem(before, 'b', { x: 7, locked: true, settings: { metric: 'dance.rhythm' } });
    expect(after.items).toEqual([
      widget('a'),
      { ...widget('b'), x: 7, locked: true, settings: { metric: 'dance.rhythm' } },
    ]);
    expect(after.items[0]).toBe(before.items[0]);
    expect(setItem(before, 'gone', { x: 7 })).toBe(before);
  });

  it('sets nothing on an item that its kind does not have', () => {
    const whole = addSkeleton(sceneOf(widget('a')))?.scene ?? sceneOf();
    const odd = setItem(setItem(whole, 'a', { mirror: true, fit: 'crop' }), 'skeleton', {
      settings: { a: 1 },
    });
    expect(odd).toEqual(whole);
    expect(setItem(whole, 'skeleton', { mirror: true }).items[0]).toMatchObject({
      mirror: true,
      highlight: true,
    });
  });

  it('adds a widget in the middle, in front, above or below what lies there, with an id of its own', () => {
    const size = { width: 300, height: 150 };
    const first = addWidget(sceneOf(), 'overlay.tempo', size);
    const second = addWidget(first?.scene ?? sceneOf(), 'overlay.tempo', size);
    expect([first?.ids, second?.ids]).toEqual([['tempo'], ['tempo-2']]);
    expect(second?.scene.items).toMatchObject([
      { id: 'tempo', widget: 'overlay.tempo', x: 810, y: 465, width: 300, height: 150 },
      // 465 − 150, and 16 between them.
      { id: 'tempo-2', widget: 'overlay.tempo', x: 810, y: 299, width: 300, height: 150 },
    ]);
  });

  it('makes a widget that is too large as large as the safe margins allow', () => {
    const tall: Scene = { ...sceneOf(), canvas: { width: 1080, height: 1920 } };
    // 90 % of 1080 are 972, and half of it 486.
    expect(addWidget(tall, 'overlay.banner', { width: 1400, height: 700 })?.scene.items).toMatchObject([
      { x: 54, y: 717, width: 972, height: 486 },
    ]);
  });

  it('adds nothing to a scene that is full, and no second skeleton', () => {
    const full = sceneOf(...Array.from({ length: 60 }, (_, index) => widget(`n${index}`)));
    expect(addWidget(full, 'overlay.tempo', { width: 1, height: 1 })).toBeUndefined();
    expect(addSkeleton(full)).toBeUndefined();
    expect(duplicateItems(full, ['n1'])).toEqual({ scene: full, ids: [] });
    const one = addSkeleton(sceneOf(widget('skeleton')));
    expect(one?.scene.items[0]).toMatchObject({
      kind: 'skeleton',
      id: 'skeleton-2',
      width: 1920,
      height: 1080,
    });
    expect(one && addSkeleton(one.scene)).toBeUndefined();
  });

  it('copies widgets to the front, a little beside, and no skeleton', () => {
    const before = addSkeleton(sceneOf(widget('a', 10, 20), widget('b-2', 500, 20)))?.scene ?? sceneOf();
    const { scene, ids: made } = duplicateItems(before, ['skeleton', 'a', 'b-2']);
    expect(made).toEqual(['a-2', 'b']);
    expect(ids(scene)).toBe('skeleton a b-2 a-2 b');
    expect(scene.items.slice(3)).toEqual([widget('a-2', 34, 44), widget('b', 524, 44)]);
  });

  it('removes what is named', () => {
    const before = sceneOf(widget('a'), widget('b'), widget('c'));
    expect(ids(removeItems(before, ['a', 'c', 'x']))).toBe('b');
    expect(removeItems(before, ['x'])).toBe(before);
  });

  it.each([
    ['front', 'a c d b'],
    ['back', 'b a c d'],
    ['forward', 'a c b d'],
    ['backward', 'b a c d'],
  ] as const)('moves a layer %s', (to, expected) => {
    expect(ids(moveLayer(sceneOf(widget('a'), widget('b'), widget('c'), widget('d')), 'b', to))).toBe(
      expected,
    );
  });

  it('moves no layer past the ends, nor one that is not there', () => {
    const before = sceneOf(widget('a'), widget('b'));
    expect(moveLayer(before, 'b', 'forward')).toBe(before);
    expect(moveLayer(before, 'a', 'backward')).toBe(before);
    expect(moveLayer(before, 'x', 'front')).toBe(before);
  });

  it.each([
    ['left', '100,100 100,300 100,200'],
    ['centre', '250,100 200,300 150,200'],
    ['right', '400,100 300,300 200,200'],
    ['top', '100,100 150,100 200,100'],
    ['middle', '100,215 150,215 200,215'],
    ['bottom', '100,330 150,330 200,330'],
  ] as const)('aligns items to each other (%s)', (to, expected) => {
    // Together from 100 to 500, and from 100 to 350.
    const scene = sceneOf(
      widget('a', 100, 100, 100, 20),
      widget('b', 150, 300, 200, 20),
      widget('c', 200, 200, 300, 20),
    );
    const lower = setItem(scene, 'b', { y: 330 });
    expect(places(alignItems(lower, ['a', 'b', 'c'], to))).toBe(
      to === 'left' || to === 'centre' || to === 'right'
        ? expected.replace('300 ', '330 ').replace(',300', ',330')
        : expected,
    );
  });

  it('aligns a single item to the canvas', () => {
    const scene = sceneOf(widget('a', 100, 100, 100, 50), widget('b', 5, 5));
    expect(places(alignItems(scene, ['a'], 'right'))).toBe('1820,100 5,5');
    expect(places(alignItems(scene, ['a'], 'middle'))).toBe('100,515 5,5');
    expect(alignItems(scene, [], 'left')).toBe(scene);
  });

  it('spreads items so that the spaces between them are the same', () => {
    const row = sceneOf(
      widget('c', 700, 0, 100),
      widget('a', 0, 0, 100),
      widget('b', 120, 9, 200),
      widget('x', 50, 50),
    );
    // 800 less 400 leaves 400: 200 on each side of b.
    expect(places(distributeItems(row, ['a', 'b', 'c'], 'x'))).toBe('700,0 0,0 300,9 50,50');
    const column = sceneOf(widget('a', 0, 0), widget('b', 0, 60), widget('c', 0, 300));
    expect(places(distributeItems(column, ['a', 'b', 'c'], 'y'))).toBe('0,0 0,150 0,300');
    expect(distributeItems(column, ['a', 'b'], 'y')).toBe(column);
  });

  it('makes a good scene of a good one, and changes none', () => {
    const edit = fc.constantFrom<(scene: Scene, id: string) => Scene>(
      (scene, id) => setItem(scene, id, { visible: false, x: 3 }),
      (scene, id) => placeItems(scene, new Map([[id, { x: 1, y: 2, width: 30, height: 40 }]])),
      (scene) => addWidget(scene, 'a-b.c-d', { width: 5000, height: 3 })?.scene ?? scene,
      (scene) => addSkeleton(scene)?.scene ?? scene,
      (scene, id) => duplicateItems(scene, [id]).scene,
      (scene, id) => duplicateItems(scene, scene.items.map((item) => item.id).concat(id)).scene,
      (scene, id) => removeItems(scene, [id]),
      (scene, id) => moveLayer(scene, id, 'front'),
      (scene, id) => moveLayer(scene, id, 'backward'),
      (scene, id) => alignItems(scene, [id, scene.items[0]?.id ?? ''], 'middle'),
      (scene) =>
        distributeItems(
          scene,
          scene.items.map((item) => item.id),
          'x',
        ),
    );
    fc.assert(
      fc.property(anyScene, fc.array(fc.tuple(edit, fc.nat(9)), { maxLength: 8 }), (first, edits) => {
        let scene = first;
        for (const [change, index] of edits) {
          const untouched = structuredClone(scene);
          const before = scene;
          scene = change(before, before.items[index % Math.max(1, before.items.length)]?.id ?? 'none');
          expect(before).toEqual(untouched);
          expect(readScene(scene)).toMatchObject({ ok: true });
        }
      }),
      { numRuns: 200, seed: SEED },
    );
  });
});
