import * as v from 'valibot';
import { BODY_LANDMARK_COUNT, BODY_LANDMARK_NAMES } from '../pose/index.ts';
import type { ObsBinding } from './binding.ts';
import {
  contributionId,
  finite,
  id,
  idsOf,
  listById,
  listOf,
  name,
  numberFrom,
  obsName,
  settings,
  text,
} from './common-schemas.ts';
import type { ScoringRule } from './scoring.ts';
import { type Scene, STAGE_VERSION, type Stage, type StageChange, type StageItem } from './stage.ts';
import { MAXIMUM_BINDINGS, MAXIMUM_ITEMS, MAXIMUM_SCENES, MAXIMUM_TRIGGERS } from './stage-limits.ts';
import { trigger } from './trigger-schemas.ts';

/** Farthest from the origin that anything lies, in stage pixels: several of the largest canvases away. */
const FARTHEST = 32_768;

const coordinate = numberFrom(-FARTHEST, FARTHEST);
const length = numberFrom(1, FARTHEST);
const canvasLength = v.pipe(numberFrom(16, 7680), v.integer('a whole number'));

const placed = {
  id,
  name: v.exactOptional(name),
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
  visible: v.boolean(),
  locked: v.exactOptional(v.boolean()),
};

const item: v.GenericSchema<unknown, StageItem> = v.variant('kind', [
  v.object({
    ...placed,
    kind: v.literal('skeleton'),
    fit: v.picklist(['contain', 'cover', 'crop']),
    mirror: v.boolean(),
    trails: listOf(
      v.picklist(BODY_LANDMARK_NAMES, 'the name of a body landmark, such as leftWrist'),
      BODY_LANDMARK_COUNT,
    ),
    highlight: v.boolean(),
  }),
  v.object({ ...placed, kind: v.literal('widget'), widget: contributionId, settings }),
]);

const items = v.pipe(
  listById(item, MAXIMUM_ITEMS),
  v.check((all) => all.filter(({ kind }) => kind === 'skeleton').length <= 1, 'at most one skeleton'),
);

const twoNumbers = v.tuple([finite, finite]);

const binding: v.GenericSchema<unknown, ObsBinding> = v.variant('kind', [
  v.object({ kind: v.literal('text'), id, metric: contributionId, input: obsName, text: text(500) }),
  v.object({
    kind: v.literal('filter'),
    id,
    metric: contributionId,
    source: obsName,
    filter: obsName,
    setting: obsName,
    from: v.pipe(
      twoNumbers,
      v.check(([first, second]) => first !== second, 'two numbers that differ'),
    ),
    to: twoNumbers,
  }),
]);

const scoring: v.GenericSchema<unknown, ScoringRule> = v.pipe(
  v.object({
    metric: contributionId,
    full: numberFrom(0, 1e9),
    none: numberFrom(0, 1e9),
    patience: numberFrom(0.1, 3600),
  }),
  v.check(({ full, none }) => none > full, '“none” above “full”'),
);

export const scene: v.GenericSchema<unknown, Scene> = v.object({
  id,
  name,
  canvas: v.object({ width: canvasLength, height: canvasLength }),
  theme: v.object({ id: contributionId, settings }),
  items,
  scoring: v.exactOptional(scoring),
  triggers: listById(trigger, MAXIMUM_TRIGGERS),
  bindings: listById(binding, MAXIMUM_BINDINGS),
});

const scenes = listById(scene, MAXIMUM_SCENES);

export const stage: v.GenericSchema<unknown, Stage> = v.pipe(
  v.object({
    version: v.literal(STAGE_VERSION),
    current: id,
    hidden: v.boolean(),
    scenes: v.pipe(scenes, v.minLength<Scene[], 1, string>(1, 'at least one scene')),
  }),
  v.check((one) => one.scenes.some((each) => each.id === one.current), 'the id of a scene as “current”'),
);

export const stageChange: v.GenericSchema<unknown, StageChange> = v.object({
  scenes: v.exactOptional(scenes),
  removed: v.exactOptional(idsOf(MAXIMUM_SCENES)),
  current: v.exactOptional(id),
  hidden: v.exactOptional(v.boolean()),
  order: v.exactOptional(idsOf(MAXIMUM_SCENES)),
});
