import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broken, MISSING, put } from './broken-stage.test-support.ts';
import { defaultStage } from './default-stage.ts';
import goodStage from './good-stage.json' with { type: 'json' };
import { readScene, readStage, readStageChange } from './read-stage.ts';
import { SEED, stage, stageChange } from './stage-arbitraries.test-data.ts';

const FIRST = 'scenes.0';
const ITEM = `${FIRST}.items.1`;
const TRIGGER = `${FIRST}.triggers.0`;
const WHEN = `${TRIGGER}.when.0`;
const ACTION = `${TRIGGER}.actions.0`;
const BINDING = `${FIRST}.bindings.1`;

const [chorus, calm] = goodStage.scenes;
const metric = 'dance.intensity';

function faultOf(value: unknown): string {
  const read = readStage(value);
  if (read.ok) return 'no fault';
  expect(read.error.code).toBe('STAGE_INVALID');
  return read.error.message;
}

/** So many of a thing, with an id each. */
function many(count: number, thing: object | undefined): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({ ...thing, id: `n${index}` }));
}

describe('reading a stage', () => {
  it('takes a good one as it is', () => {
    expect(readStage(goodStage)).toEqual({ ok: true, value: goodStage });
  });

  it('takes every stage, scene and change that the types allow, unchanged', () => {
    fc.assert(
      fc.property(stage, stageChange, (one, change) => {
        expect(readStage(one)).toEqual({ ok: true, value: JSON.parse(JSON.stringify(one)) });
        expect(readStageChange(change)).toEqual({ ok: true, value: JSON.parse(JSON.stringify(change)) });
        for (const scene of one.scenes) expect(readScene(scene).ok).toBe(true);
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it('gives a copy, which whoever gave it cannot change any more', () => {
    const given = structuredClone(goodStage);
    const read = readStage(given);
    put(given, ['scenes', '0', 'theme', 'settings', 'glow'], 'changed');
    expect(read).toEqual({ ok: true, value: goodStage });
  });

  it('drops what it does not know, wherever it stands, but in settings', () => {
    const strange = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(strange);
      if (typeof value !== 'object' || value === null) return value;
      const own = Object.entries(value).map(([key, part]) => [
        key,
        key === 'settings' || key === 'values' ? part : strange(part),
      ]);
      return { ...Object.fromEntries(own), strange: { from: 'a newer version' } };
    };
    expect(readStage(strange(goodStage))).toEqual({ ok: true, value: goodStage });
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /no JSON/],
    ['null', null, /expected an object, found null/],
    ['a text', 'stage', /expected an object, found "stage"/],
    ['a list', [], /version: it is missing/],
    ['a newer version', broken('version', 2), /newer Pose Coach \(version 2/],
    ['no version', broken('version', MISSING), /version: it is missing/],
    ['no scenes', broken('scenes', []), /scenes: expected at least one scene/],
    ['a current scene that is none', broken('current', 'gone'), /the id of a scene as “current”/],
    ['two scenes of one id', broken('scenes.1.id', 'chorus'), /scenes\.1: expected an id that is not used/],
    ['an id with a space', broken(`${FIRST}.id`, 'a b'), /scenes\.0\.id: expected 1 to 40 letters/],
    ['an id of 41 letters', broken(`${FIRST}.id`, 'a'.repeat(41)), /scenes\.0\.id: expected 1 to 40/],
    ['an id that objects have', broken(`${ITEM}.id`, '__proto__'), /items\.1\.id: expected/],
    ['an empty name', broken(`${FIRST}.name`, ''), /scenes\.0\.name: expected at least one character/],
    ['a canvas of half pixels', broken(`${FIRST}.canvas.width`, 99.5), /canvas\.width: expected a whole/],
    [
      'a tiny canvas',
      broken(`${FIRST}.canvas.width`, 15),
      /width: expected a number from 16 to 7680, found 15/,
    ],
    ['a theme without a prefix', broken(`${FIRST}.theme.id`, 'neon'), /theme\.id: expected a prefix, a dot/],
    [
      'a width of nothing',
      broken(`${ITEM}.width`, 0),
      /scenes\.0\.items\.1\.width: expected a number from 1 to 32768, found 0/,
    ],
    ['a width in words', broken(`${ITEM}.width`, 'wide'), /items\.1\.width: expected a number, found "wide"/],
    ['no width', broken(`${ITEM}.width`, MISSING), /items\.1\.width: it is missing/],
    ['a place that is no number', broken(`${ITEM}.x`, Number.NaN), /x: expected a finite number, found NaN/],
    ['an endless place', broken(`${ITEM}.y`, -Infinity), /y: expected a finite number/],
    [
      'an item of another kind',
      broken(`${ITEM}.kind`, 'film'),
      /items\.1\.kind: expected "skeleton" or "widget", found "film"/,
    ],
    [
      'two items of one id',
      broken(`${ITEM}.id`, 'skeleton'),
      /scenes\.0\.items\.1: expected an id that is not used/,
    ],
    [
      'two skeletons',
      broken(ITEM, { ...chorus?.items[0], id: 'other' }),
      /scenes\.0\.items: expected at most one skeleton/,
    ],
    [
      'a trail of nothing that a body has',
      broken(`${FIRST}.items.0.trails`, ['tail']),
      /trails\.0: expected the name of a body landmark/,
    ],
    [
      'a setting with a strange name',
      broken(`${ITEM}.settings`, { '1': 2 }),
      /settings\.1: expected names of a letter/,
    ],
    [
      'settings that are too deep',
      broken(`${ITEM}.settings.a`, [[[[[[[[1]]]]]]]]),
      /settings: expected at most 8 levels/,
    ],
    [
      'settings that are too large',
      broken(`${ITEM}.settings.a`, 'x'.repeat(16_000)),
      /settings: expected at most 16000 bytes/,
    ],
    [
      'settings too large in bytes alone',
      broken(`${ITEM}.settings.a`, '€'.repeat(5400)),
      /settings: expected at most 16000 bytes/,
    ],
    [
      'a trigger without conditions',
      broken(`${TRIGGER}.when`, []),
      /triggers\.0\.when: expected at least one/,
    ],
    [
      'a trigger without actions',
      broken(`${TRIGGER}.actions`, []),
      /triggers\.0\.actions: expected at least one/,
    ],
    [
      'nine conditions',
      broken(`${TRIGGER}.when`, Array(9).fill(chorus?.triggers[0]?.when[0])),
      /when: expected at most 8/,
    ],
    ['a cool-down below nothing', broken(`${TRIGGER}.coolDown`, -1), /coolDown: expected a number from 0/],
    [
      'a metric without a prefix',
      broken(WHEN, { metric: 'tempo', when: { above: 1 } }),
      /when\.0\.metric: expected a prefix/,
    ],
    [
      'a condition of two words',
      broken(WHEN, { metric, when: { above: 1, below: 2 } }),
      /when\.0\.when: expected exactly one of above, below/,
    ],
    [
      'a condition of no word',
      broken(WHEN, { metric, when: { until: 2 } }),
      /expected exactly one of above, below/,
    ],
    [
      'a condition that would end at once',
      broken(WHEN, { metric, when: { above: 1, until: 2 } }),
      /until must not lie over above/,
    ],
    [
      'a bound in words',
      broken(WHEN, { metric, when: { above: '1' } }),
      /when\.0\.when\.above: expected a number, found "1"/,
    ],
    [
      'a number that must be equal',
      broken(WHEN, { metric, when: { equals: 3 } }),
      /when\.equals: expected a text, or true or false/,
    ],
    [
      'what must not happen',
      broken(WHEN, { metric, when: { happens: false } }),
      /when\.happens: expected true, found false/,
    ],
    [
      'what happens for long',
      broken(WHEN, { metric, when: { happens: true }, for: 2 }),
      /no “for” with “happens”/,
    ],
    [
      'an action of its own',
      broken(ACTION, { do: 'explode' }),
      /actions\.0\.do: expected "stage-scene" or .*found "explode"/,
    ],
    [
      'a sound of its own',
      broken(ACTION, { do: 'sound', sound: 'horn' }),
      /actions\.0\.sound: expected "chime" or/,
    ],
    [
      'a script for a webhook',
      broken(ACTION, { do: 'webhook', url: 'javascript:alert(1)' }),
      /actions\.0\.url: expected an address that begins with https/,
    ],
    [
      'a file for a webhook',
      broken(ACTION, { do: 'webhook', url: 'file:///etc/passwd' }),
      /actions\.0\.url: expected an address/,
    ],
    [
      'a password in a webhook',
      broken(ACTION, { do: 'webhook', url: 'https://me:secret@example.com' }),
      /without user and password/,
    ],
    [
      'a command without a prefix',
      broken(ACTION, { do: 'command', command: 'run' }),
      /actions\.0\.command: expected a prefix/,
    ],
    [
      '21 values',
      broken(ACTION, { do: 'command', command: 'a.b', values: Array(21).fill(0) }),
      /values: expected at most 20/,
    ],
    [
      'a binding from a single value',
      broken(`${BINDING}.from`, [5, 5]),
      /bindings\.1\.from: expected two numbers that differ/,
    ],
    ['a binding to one number', broken(`${BINDING}.to`, [5]), /bindings\.1\.to\.1: it is missing/],
    [
      'a scoring that counts nothing',
      broken(`${FIRST}.scoring.none`, 30),
      /scoring: expected “none” above “full”/,
    ],
  ])('refuses %s, and says where and why', (_, value, expected) => {
    expect(faultOf(value)).toMatch(expected);
  });

  it.each<[string, number, object | undefined]>([
    ['items', 60, chorus?.items[2]],
    ['triggers', 30, chorus?.triggers[1]],
    ['bindings', 30, chorus?.bindings[0]],
  ])('takes a scene with as many %s as %d, and none with more', (list, most, thing) => {
    expect(faultOf(broken(`${FIRST}.${list}`, many(most, thing)))).toBe('no fault');
    expect(faultOf(broken(`${FIRST}.${list}`, many(most + 1, thing)))).toMatch(
      `${list}: expected at most ${most}`,
    );
  });

  it('takes 50 scenes and none more', () => {
    expect(faultOf(broken('scenes', [chorus, ...many(49, calm)]))).toBe('no fault');
    expect(faultOf(broken('scenes', [chorus, ...many(50, calm)]))).toMatch(/scenes: expected at most 50/);
  });

  it('takes no stage of more than 400 kB, no scene of more than 59 kB, and no change of more than 60 kB', () => {
    const heavy = (id: string, letters: number) => ({
      ...calm,
      id,
      items: many(4, { ...chorus?.items[2], settings: { text: 'x'.repeat(letters / 4) } }),
    });
    const stageOf = (count: number) => ({
      ...goodStage,
      current: 's0',
      scenes: Array.from({ length: count }, (_, index) => heavy(`s${index}`, 56_000)),
    });
    expect(readStage(stageOf(7)).ok).toBe(true);
    expect(faultOf(stageOf(8))).toMatch(/larger than 400 kB/);
    expect(readScene(heavy('a', 57_600)).ok).toBe(true);
    expect(readScene(heavy('a', 60_000)).ok).toBe(false);
    expect(readStageChange({ scenes: [heavy('a', 56_000)] }).ok).toBe(true);
    expect(readStageChange({ scenes: [heavy('a', 30_000), heavy('b', 30_000)] }).ok).toBe(false);
  });

  it.each<[string, unknown, RegExp]>([
    ['a list', [], /expected an object, found a list/],
    ['ids that are numbers', { removed: [1] }, /removed\.0: expected a text, found 1/],
    ['an order with an id twice', { order: ['a', 'a'] }, /order: expected each id once/],
    ['the same scene twice', { scenes: [calm, calm] }, /scenes\.1: expected an id that is not used/],
    ['a scene that is none', { scenes: [{}] }, /scenes\.0\.id: it is missing/],
  ])('refuses a change that is %s', (_, value, expected) => {
    const read = readStageChange(value);
    expect(read.ok ? 'no fault' : read.error.message).toMatch(expected);
  });

  it('takes what a trigger speaks of though it is not there: it may have been removed', () => {
    expect(faultOf(broken(ACTION, { do: 'stage-scene', scene: 'removed' }))).toBe('no fault');
    expect(faultOf(broken(ACTION, { do: 'show-item', item: 'removed', seconds: 3 }))).toBe('no fault');
  });

  it('reads the stage that everybody begins with', () => {
    const begun = defaultStage();
    expect(readStage(begun)).toEqual({ ok: true, value: begun });
  });
});
