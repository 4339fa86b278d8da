import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { BODY_LANDMARKS, type BodyLandmark, type Landmark, type PoseFrame } from '@pose-coach/core';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../../tests/fixtures.ts';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../../tests/synthetic-pose.ts';
import { FRAMED_PARTS, judgeFraming } from './framing.ts';

/** Somebody who stands in the middle: from 0.21 (head) to 0.82 (feet) of the picture's height. */
function standing(
  change: (landmarks: readonly Landmark[]) => readonly Landmark[] = (same) => same,
): PoseFrame[] {
  return Array.from({ length: 30 }, (_, index) => {
    const pose = syntheticPose(0, syntheticBody(), { x: 0.5, y: 0.5 });
    return syntheticFrame(index * 33, [{ ...pose, landmarks: change(pose.landmarks) }]);
  });
}

/** The picture's upper part alone, as if the camera saw no more. */
function upTo(height: number) {
  return (landmarks: readonly Landmark[]) => landmarks.map((point) => ({ ...point, y: point.y / height }));
}

function hide(...names: readonly BodyLandmark[]) {
  const hidden = new Set(names.map((name) => BODY_LANDMARKS[name]));
  return (landmarks: readonly Landmark[]) =>
    landmarks.map((point, index) => (hidden.has(index as never) ? { ...point, visibility: 0.1 } : point));
}

const FEET = [...FRAMED_PARTS.leftFoot, ...FRAMED_PARTS.rightFoot];

describe('framing', () => {
  it('is good when all of somebody is in the picture', () => {
    const { verdict, parts } = judgeFraming(standing(), true);
    expect(verdict).toEqual({ state: 'good', words: 'All of you is in the picture.' });
    expect(new Set(Object.values(parts))).toEqual(new Set(['seen']));
  });

  it('names what is below the picture, marks it alone, and says what to do', () => {
    // Hips at 0.5, knees at 0.668, ankles at 0.828 of the height.
    const { verdict, parts } = judgeFraming(standing(upTo(0.75)), true);
    expect(verdict).toEqual({
      state: 'look',
      words: 'Your feet are out of the picture. Step back, or tilt the camera down.',
    });
    const cut = Object.entries(parts).flatMap(([part, state]) => (state === 'cut' ? part : []));
    expect(cut).toEqual(['leftFoot', 'rightFoot']);
  });

  it.each([
    [
      'knees and feet',
      upTo(0.6),
      'Your knees and your feet are out of the picture. Step back, or tilt the camera down.',
    ],
    [
      'the head',
      (landmarks: readonly Landmark[]) => landmarks.map((point) => ({ ...point, y: point.y - 0.25 })),
      'Your head is out of the picture. Step back, or tilt the camera up.',
    ],
    [
      'head and feet at once',
      (landmarks: readonly Landmark[]) =>
        landmarks.map((point) => ({ ...point, y: 0.5 + (point.y - 0.5) * 2 })),
      'Your head and your feet are out of the picture. Step back.',
    ],
  ])('says where to go for %s', (_, change, words) => {
    expect(judgeFraming(standing(change), true).verdict).toEqual({ state: 'look', words });
  });

  it('says the side as it is seen: in a mirror the other way around', () => {
    // The person's left, which the camera sees on the right, is beyond the right edge.
    const moved = standing((landmarks) => landmarks.map((point) => ({ ...point, x: point.x + 0.45 })));
    expect(judgeFraming(moved, false).verdict.words).toContain('go to the left of the picture');
    expect(judgeFraming(moved, true).verdict.words).toContain('go to the right of the picture');
    expect(judgeFraming(moved, true).parts).toMatchObject({ leftHand: 'cut', rightHand: 'seen' });
  });

  it('tells what is hidden from what is cut off, and one arm behind the back from both', () => {
    const { verdict, parts } = judgeFraming(standing(hide(...FEET)), true);
    expect(verdict.state).toBe('look');
    expect(verdict.words).toMatch(/^Your feet cannot be seen\./);
    expect(parts).toMatchObject({ leftFoot: 'hidden', rightFoot: 'hidden', leftKnee: 'seen' });
    const back = judgeFraming(standing(hide(...FRAMED_PARTS.leftHand)), true);
    expect(back.verdict.state).toBe('good');
  });

  it('asks somebody who is small to come closer', () => {
    // A third of the size: 0.2 of the picture.
    const far = standing((landmarks) =>
      landmarks.map((point) => ({ ...point, x: 0.5 + (point.x - 0.5) / 3, y: 0.5 + (point.y - 0.5) / 3 })),
    );
    expect(judgeFraming(far, true).verdict.words).toMatch(/^You are small in the picture/);
  });

  it('lets a hand leave the picture for a moment', () => {
    const out = (landmarks: readonly Landmark[]) =>
      landmarks.map((point, index) => (index === BODY_LANDMARKS.leftWrist ? { ...point, y: -0.2 } : point));
    const frames = standing();
    const briefly = [...frames.slice(6), ...standing(out).slice(0, 6)];
    expect(judgeFraming(briefly, true).verdict.state).toBe('good');
    const often = [...frames.slice(12), ...standing(out).slice(0, 12)];
    expect(judgeFraming(often, true).verdict.words).toMatch(/^Your left hand is out of the picture/);
  });

  it('says that nobody is there, and nothing before there are frames', () => {
    const empty = standing().map((frame) => ({ ...frame, poses: [] }));
    const { verdict, parts } = judgeFraming(empty, true);
    expect(verdict).toMatchObject({ state: 'look', words: expect.stringMatching(/^Nobody is in view/) });
    expect(new Set(Object.values(parts))).toEqual(new Set(['unknown']));
    expect(judgeFraming(empty.slice(0, 3), true).verdict.state).toBe('unknown');
    expect(judgeFraming([], true).verdict.state).toBe('unknown');
  });
});

/** A frame of `landmarks/*.json.gz`: `lm` holds x, y, z, visibility per landmark, or nothing without a person. */
interface StoredFrame {
  readonly lm?: readonly (readonly [number, number, number, number])[];
}

function stored(name: string, from: number, to: number): PoseFrame[] {
  const file = `${fixtures}/landmarks/${name}.full.json.gz`;
  const { frames } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
    frames: readonly StoredFrame[];
  };
  return frames.slice(from, to).map(({ lm }, index) => {
    const landmarks = (lm ?? []).map(([x, y, z, visibility]) => ({ x, y, z, visibility }));
    const poses = lm ? [{ id: 0, score: 1, landmarks, worldLandmarks: landmarks }] : [];
    return syntheticFrame(index * 33, poses);
  });
}

describe('framing of real films', () => {
  const there = typeof fixtures === 'string' && existsSync(`${fixtures}/landmarks`);

  // Looked at: in both the whole body is in view all the time.
  it.each([
    ['a dance', 'dance_phrase_talmolab', 60],
    ['squats from the front', 'squat_front_5reps', 240],
  ])('is good for %s, and finds the legs when the picture ends at the hips', (_, name, from) => {
    if (!there) return void console.warn('skipped: no fixtures');
    const frames = stored(name, from, from + 90);
    expect(judgeFraming(frames, true).verdict).toMatchObject({ state: 'good' });
    const lowest = Math.max(
      ...frames.flatMap(({ poses }) => [23, 24].map((index) => poses[0]?.landmarks[index]?.y ?? 0)),
    );
    const cropped = frames.map((frame) => ({
      ...frame,
      poses: frame.poses.map((pose) => ({ ...pose, landmarks: upTo(lowest + 0.02)(pose.landmarks) })),
    }));
    const { parts, verdict } = judgeFraming(cropped, true);
    expect(verdict.words).toContain('your feet are out of the picture');
    expect(parts).toMatchObject({ leftFoot: 'cut', rightFoot: 'cut', leftKnee: 'cut', head: 'seen' });
  });
});
