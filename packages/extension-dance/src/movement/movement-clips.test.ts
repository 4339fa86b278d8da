import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoseFrame } from '@pose-coach/core';
import { BodyMotions } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { bvhFrames } from '../../../../tests/motion/bvh.ts';
import { danceSequences, exerciseSequences, recordedSequences } from '../../../../tests/motion/sequences.ts';
import { MovementPart } from './movement-part.ts';
import type { MovementOrUnknown, MovementSummary } from './movement-summary.ts';

function summaryOf(frames: readonly PoseFrame[]): MovementSummary {
  const motions = new BodyMotions();
  const part = new MovementPart();
  for (const frame of frames) {
    for (const motion of motions.step(frame)) part.step({ frame, motion, beats: [] });
  }
  return part.finish();
}

function share({ milliseconds }: MovementSummary, movement: MovementOrUnknown): number {
  return milliseconds[movement] / Object.values(milliseconds).reduce((sum, each) => sum + each, 0);
}

const at = ({ stretches }: MovementSummary, seconds: number) =>
  stretches.find(({ start, end }) => start <= seconds * 1000 && seconds * 1000 < end)?.movement;

describe('real movement', () => {
  it('that was captured as walking is walking, from every side and at every rate', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const text = readFileSync(join(fixtures, 'sequences/mocap/cmu_12_01_walk.bvh'), 'utf8');
    for (const turn of [0, 45, 90, 180]) {
      for (const rate of [24, 30, 60]) {
        const summary = summaryOf(bvhFrames(text, { turn, rate, camera: { distance: 6 } }));
        expect(share(summary, 'walking'), `turned by ${turn}, ${rate} Hz`).toBeGreaterThan(0.95);
      }
    }
  });

  it('of a squatter who talks first is standing, then crouching at each labelled bottom', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const clip = recordedSequences(fixtures).find(({ name }) => name === 'squat_front_5reps');
    const summary = summaryOf(clip?.frames ?? []);
    for (const talking of [1, 2, 3, 4, 5]) expect(at(summary, talking)).toBe('standing');
    // videos/labels.json: bottoms_s.
    for (const bottom of [6.8, 10, 13.2, 16.3, 19.5])
      expect(at(summary, bottom), `${bottom} s`).toBe('crouching');
    expect(share(summary, 'dancing')).toBeLessThan(0.05);
    expect(summary.jumps.count).toBe(0);
  });

  it('of a dancer is dancing, and somebody at push-ups is not on their feet', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const clips = new Map(recordedSequences(fixtures).map(({ name, frames }) => [name, summaryOf(frames)]));
    const dancer = clips.get('dance_phrase_talmolab');
    const pushUps = clips.get('pushup_side');
    if (!dancer || !pushUps) throw new Error('The clips are missing from the fixtures.');
    // The first two seconds are waiting for the music.
    expect(share(dancer, 'dancing')).toBeGreaterThan(0.8);
    expect(share(pushUps, 'unknown')).toBeGreaterThan(0.95);
  });

  it('of dancers captured in three dimensions is dancing', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    for (const { name, view, frames } of danceSequences(fixtures)) {
      if (view === '3d') expect(share(summaryOf(frames), 'dancing'), name).toBeGreaterThan(0.9);
    }
  });

  it('in jumping jacks without travel is dancing and never a jump', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    let clips = 0;
    for (const { name, exercise, frames } of exerciseSequences(fixtures)) {
      if (exercise !== 'jumping_jack') continue;
      const summary = summaryOf(frames.slice(0, 600));
      clips += 1;
      expect(share(summary, 'dancing') + share(summary, 'crouching'), name).toBeGreaterThan(0.8);
      expect(summary.jumps.count).toBe(0);
      if (clips === 4) break;
    }
    expect(clips).toBe(4);
  });
});
