import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import goodStage from './good-stage.json' with { type: 'json' };
import { readScene } from './read-stage.ts';
import { exportScene, importScene } from './scene-file.ts';
import type { Scene } from './stage.ts';
import { SEED, scene } from './stage-arbitraries.test-data.ts';

/** The richest scene there is, and others. */
const scenes: fc.Arbitrary<Scene> = fc.oneof(
  scene,
  ...goodStage.scenes.flatMap((one) => {
    const read = readScene(one);
    return read.ok ? [fc.constant(read.value)] : [];
  }),
);

describe('a scene as a file', () => {
  it('comes back as it was, but for an id of its own', () => {
    fc.assert(
      fc.property(scenes, (one) => {
        const read = importScene(exportScene(one));
        if (!read.ok) throw read.error;
        const { id, ...rest } = read.value;
        const { id: before, ...given } = JSON.parse(JSON.stringify(one)) as Scene;
        expect(rest).toEqual(given);
        expect(id).not.toBe(before);
        expect(readScene(read.value).ok).toBe(true);
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it('gets another id each time', () => {
    const text = exportScene(goodStage.scenes[1] as Scene);
    const ids = Array.from({ length: 50 }, () => {
      const read = importScene(text);
      return read.ok ? read.value.id : 'refused';
    });
    expect(new Set(ids).size).toBe(50);
  });

  it('is text that people can read', () => {
    const lines = exportScene(goodStage.scenes[1] as Scene).split('\n');
    expect(lines.slice(0, 4)).toEqual(['{', '  "poseCoachScene": 1,', '  "scene": {', '    "id": "calm",']);
    expect(lines.at(-1)).toBe('');
  });

  it.each([
    ['no JSON', 'hello', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a picture', '\u0089PNG\r\n\u001a\n', /not JSON/],
    ['null', 'null', /no scene of Pose Coach/],
    ['a list', '[1]', /no scene of Pose Coach/],
    ['another file', '{"scene": {}}', /no scene of Pose Coach/],
    ['a file of a newer version', '{"poseCoachScene": 2, "scene": {}}', /version 2.*update/],
    ['no scene in it', '{"poseCoachScene": 1}', /no JSON/],
    [
      'a broken scene',
      '{"poseCoachScene": 1, "scene": {"id": "a", "name": 3}}',
      /scene cannot be used: name: expected a text, found 3/,
    ],
    ['very much', `{"poseCoachScene": 1, "scene": "${'x'.repeat(1_000_000)}"}`, /too large/],
  ])('says in plain words what is wrong with %s', (_, text, expected) => {
    const read = importScene(text);
    expect(read.ok ? 'taken' : read.error.code).toBe('STAGE_INVALID');
    expect(read.ok ? 'taken' : read.error.message).toMatch(expected);
  });

  it('never throws, whatever the file says', () => {
    const text = exportScene(goodStage.scenes[0] as Scene);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), cut(text)), (given) => {
        const read = importScene(given);
        if (!read.ok) expect(read.error.code).toBe('STAGE_INVALID');
      }),
      { numRuns: 1000, seed: SEED },
    );
  });
});

/** A text with a piece of it replaced by something else. */
function cut(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length), fc.nat(20), fc.string({ maxLength: 3 }))
    .map(([from, length, instead]) => text.slice(0, from) + instead + text.slice(from + length));
}
