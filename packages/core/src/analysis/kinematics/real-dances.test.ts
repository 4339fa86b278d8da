import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../../tests/fixtures.ts';
import { danceSequences } from '../../../../../tests/motion/sequences.ts';
import { BODY_LANDMARKS as BODY, type PoseFrame } from '../../pose/index.ts';
import type { BodyMotion } from './body-motion.ts';
import { BodyMotions } from './body-motions.ts';

const MEASURES: Readonly<Record<string, (motion: BodyMotion) => number>> = {
  'the left wrist in the body': ({ body }) => body.speed[BODY.leftWrist] ?? Number.NaN,
  'the right ankle in the body': ({ body }) => body.speed[BODY.rightAnkle] ?? Number.NaN,
  'the left wrist against the trunk': ({ trunk }) => trunk.speed[BODY.leftWrist] ?? Number.NaN,
  'the hips in the picture': ({ travel }) => Math.hypot(...travel.velocity),
};

/** Mean of a measure where it is known. */
function mean(frames: readonly PoseFrame[], measure: (motion: BodyMotion) => number): number {
  const motions = new BodyMotions();
  let sum = 0;
  let count = 0;
  for (const frame of frames) {
    for (const value of motions.step(frame).map(measure)) {
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
  }
  return sum / count;
}

describe('the motion of real dancers, captured at 60 Hz', () => {
  it.for(Object.keys(MEASURES))('has the same mean speed of %s from every second frame', (name, context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const takes = danceSequences(fixtures).filter(({ view }) => view === '3d');
    const measure = MEASURES[name] ?? (() => Number.NaN);
    expect(takes.length).toBeGreaterThan(0);
    for (const { frames } of takes) {
      const all = mean(frames, measure);
      const half = mean(
        frames.filter((_, index) => index % 2 === 0),
        measure,
      );
      expect(all).toBeGreaterThan(0.05);
      expect(Math.abs(half / all - 1)).toBeLessThan(0.02);
    }
  });
});
