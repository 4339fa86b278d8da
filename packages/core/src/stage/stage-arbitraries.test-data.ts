import fc from 'fast-check';
import type { Scene, SkeletonItem, Stage, StageChange, StageItem, WidgetItem } from './stage.ts';

/*
 * Stages, scenes and changes of every kind, for property tests: small ones, so that ids meet.
 */

/** The same pseudo-random numbers in every run. */
export const SEED = 20_261_121;

const rectangle = {
  x: fc.integer({ min: -500, max: 2500 }),
  y: fc.integer({ min: -500, max: 2500 }),
  width: fc.integer({ min: 1, max: 2000 }),
  height: fc.integer({ min: 1, max: 2000 }),
};

const settings = fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 3,
  noNullPrototype: true,
}) as fc.Arbitrary<WidgetItem['settings']>;

const widget: fc.Arbitrary<WidgetItem> = fc.record(
  {
    kind: fc.constant('widget' as const),
    id: fc.stringMatching(/^[a-z0-9_-]{1,12}$/).filter((id) => !id.startsWith('__')),
    name: fc.string({ minLength: 1, maxLength: 20 }),
    widget: fc.constantFrom('overlay.tempo', 'overlay.sparkline', 'some-one.heart.large'),
    ...rectangle,
    visible: fc.boolean(),
    locked: fc.boolean(),
    settings,
  },
  {
    requiredKeys: ['kind', 'id', 'widget', 'x', 'y', 'width', 'height', 'visible', 'settings'],
    noNullPrototype: true,
  },
);

const skeleton: fc.Arbitrary<SkeletonItem> = fc.record(
  {
    kind: fc.constant('skeleton' as const),
    id: fc.constant('the-skeleton'),
    ...rectangle,
    visible: fc.boolean(),
    fit: fc.constantFrom('contain' as const, 'cover' as const, 'crop' as const),
    mirror: fc.boolean(),
    trails: fc.subarray(['leftWrist', 'rightAnkle', 'nose'] as const),
    highlight: fc.boolean(),
  },
  { noNullPrototype: true },
);

const items: fc.Arbitrary<StageItem[]> = fc
  .tuple(fc.uniqueArray(widget, { selector: ({ id }) => id, maxLength: 6 }), fc.option(skeleton))
  .map(([widgets, one]) => (one ? [one, ...widgets] : widgets));

/** A scene with this id; without triggers and bindings. */
export function sceneWith(id: fc.Arbitrary<string>): fc.Arbitrary<Scene> {
  return fc.record(
    {
      id,
      name: fc.string({ minLength: 1, maxLength: 20 }),
      canvas: fc.constantFrom({ width: 1920, height: 1080 }, { width: 1080, height: 1920 }),
      theme: fc.record({ id: fc.constant('overlay.neon'), settings }, { noNullPrototype: true }),
      items,
      triggers: fc.constant([]),
      bindings: fc.constant([]),
    },
    { noNullPrototype: true },
  );
}

const sceneId = fc.constantFrom('a', 'b', 'c', 'd', 'e');

export const scene: fc.Arbitrary<Scene> = sceneWith(sceneId);

const scenes = (minLength: number) =>
  fc.uniqueArray(scene, { selector: ({ id }) => id, minLength, maxLength: 4 });

export const stage: fc.Arbitrary<Stage> = scenes(1).chain((all) =>
  fc.record(
    {
      version: fc.constant(1 as const),
      current: fc.constantFrom(...all.map(({ id }) => id)),
      hidden: fc.boolean(),
      scenes: fc.constant(all),
    },
    { noNullPrototype: true },
  ),
);

/** Changes of such stages; not all of them fit. */
export const stageChange: fc.Arbitrary<StageChange> = fc.record(
  {
    scenes: scenes(0),
    removed: fc.uniqueArray(sceneId, { maxLength: 3 }),
    current: sceneId,
    hidden: fc.boolean(),
    order: fc.uniqueArray(sceneId, { minLength: 1 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);
