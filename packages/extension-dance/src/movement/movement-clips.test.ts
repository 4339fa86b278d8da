import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BODY_LANDMARK_NAMES,
  BODY_LANDMARKS,
  type BodyLandmark,
  magnitude,
  type Pose,
  type PoseFrame,
  subtract,
} from '@pose-coach/core';
import { BodyMotions } from '@pose-coach/core/analysis';
import { syntheticFrame } from '@pose-coach/core/extension-testing';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { bvhFrames } from '../../../../tests/motion/bvh.ts';
import { danceSequences, exerciseSequences, recordedSequences } from '../../../../tests/motion/sequences.ts';
import { MovementEvidences } from './movement-evidence.ts';
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

/** Single poses of squats, labelled by people. The pictures' shape is not told: it is taken for a square. */
function* labelledSquats(folder: string): Generator<{ label: 'up' | 'down'; pose: Pose }> {
  const file = join(folder, 'sequences/exercise_form/core_squat_model_test.first-half.csv');
  const [header = [], ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  for (const row of rows) {
    const landmarks = BODY_LANDMARK_NAMES.map((name) => {
      const column = header.indexOf(`${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_x`);
      const [x = 0, y = 0, z = 0, visibility = 0] =
        column < 0 ? [] : row.slice(column, column + 4).map(Number);
      return { x, y, z, visibility };
    });
    const middle = (left: BodyLandmark, right: BodyLandmark) => {
      const [one, other] = [landmarks[BODY_LANDMARKS[left]], landmarks[BODY_LANDMARKS[right]]];
      if (!one || !other) throw new Error('There are 33 landmarks.');
      return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, z: (one.z + other.z) / 2 };
    };
    const hips = middle('leftHip', 'rightHip');
    const metres = 0.5 / magnitude(subtract(middle('leftShoulder', 'rightShoulder'), hips));
    const worldLandmarks = landmarks.map(({ x, y, z, visibility }) => ({
      x: (x - hips.x) * metres,
      y: (y - hips.y) * metres,
      z: z * metres,
      visibility,
    }));
    yield { label: row[0] === 'up' ? 'up' : 'down', pose: { id: 0, score: 1, landmarks, worldLandmarks } };
  }
}

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
      // Footwork close to the floor is crouching where it is slow.
      if (view === '3d') expect(share(summaryOf(frames), 'dancing'), name).toBeGreaterThan(0.8);
    }
  });

  it('of single frames labelled up and down in squats is upright and low', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const right = { up: 0, down: 0 };
    let frames = 0;
    for (const { label, pose } of labelledSquats(fixtures)) {
      const motions = new BodyMotions();
      const evidences = new MovementEvidences();
      let posture = '';
      for (let index = 0; index < 12; index += 1) {
        for (const motion of motions.step(syntheticFrame(index * 33, [pose]))) {
          posture = evidences.read(motion).posture;
        }
      }
      frames += 1;
      if (posture === (label === 'up' ? 'upright' : 'low')) right[label] += 1;
    }
    expect(frames).toBeGreaterThan(400);
    expect((right.up + right.down) / frames).toBeGreaterThan(0.95);
  });

  it('of labelled jumping jacks is dancing, of squats crouching half-way, and neither is a jump without travel', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    let jacks = 0;
    let squats = 0;
    let crouched = 0;
    for (const { name, exercise, frames, cycles, rate } of exerciseSequences(fixtures)) {
      if (exercise !== 'jumping_jack' && exercise !== 'squat') continue;
      const summary = summaryOf(exercise === 'squat' ? frames : frames.slice(0, 300));
      expect(summary.jumps.count, name).toBe(0);
      if (exercise === 'jumping_jack') {
        jacks += share(summary, 'dancing') / 13;
        continue;
      }
      for (const [first, last] of cycles) {
        const middle = (share: number) => ((first + share * (last - first)) / rate) * 1000;
        squats += 1;
        if (
          summary.stretches.some(
            ({ movement, start, end }) =>
              movement === 'crouching' && start < middle(0.7) && end > middle(0.3),
          )
        ) {
          crouched += 1;
        }
      }
    }
    expect(jacks).toBeGreaterThan(0.75);
    // Torsos of length 1 in every frame make those who bend forward jump in size: much of the rest is taken for dance.
    expect(squats).toBe(84);
    expect(crouched / squats).toBeGreaterThan(0.6);
  });
});
