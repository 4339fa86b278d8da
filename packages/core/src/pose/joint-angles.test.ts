import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../../../tests/fixtures.ts';
import { mirrored, syntheticBody, turned } from '../../../../tests/synthetic-pose.ts';
import { BODY_LANDMARKS as BODY } from './body-landmarks.ts';
import { JOINTS, type Joint, jointAngles } from './joint-angles.ts';
import type { Landmark } from './pose-frame.ts';

const anglesOf = (worldLandmarks: readonly Landmark[]) => jointAngles({ worldLandmarks });

function degrees(worldLandmarks: readonly Landmark[], joint: Joint): number {
  const { degrees: value } = anglesOf(worldLandmarks).joints[joint];
  if (value === undefined) throw new Error(`${joint} is unknown`);
  return value;
}

/** Puts one landmark somewhere else. */
function moved(landmarks: readonly Landmark[], index: number, change: Partial<Landmark>): Landmark[] {
  return landmarks.map((landmark, at) => (at === index ? { ...landmark, ...change } : landmark));
}

describe('joint angles', () => {
  it('measure a right angle between limbs along the axes', () => {
    // Upper arm straight down, forearm to the side: 90° by construction.
    const body = moved(
      moved(moved(syntheticBody(), BODY.leftShoulder, { x: 0, y: -1, z: 0 }), BODY.leftElbow, {
        x: 0,
        y: 0,
        z: 0,
      }),
      BODY.leftWrist,
      { x: 0.3, y: 0, z: 0 },
    );
    expect(degrees(body, 'leftElbow')).toBeCloseTo(90, 9);
  });

  it('come out as the bends a body was built with', () => {
    for (const bend of [5, 37, 90, 122, 178]) {
      const body = syntheticBody({
        elbow: bend,
        shoulder: bend,
        hip: bend,
        knee: bend,
        ankle: bend,
        wrist: bend,
        neck: bend,
      });
      for (const joint of JOINTS.filter((name) => name !== 'trunk')) {
        expect(degrees(body, joint), joint).toBeCloseTo(bend, 6);
      }
    }
  });

  it('measure the trunk against the vertical: upright, lying and head down', () => {
    const tilted = (angle: number) =>
      syntheticBody().map((point) => {
        const radians = (angle * Math.PI) / 180;
        return {
          ...point,
          y: point.y * Math.cos(radians) - point.z * Math.sin(radians),
          z: point.y * Math.sin(radians) + point.z * Math.cos(radians),
        };
      });
    for (const angle of [0, 30, 90, 180]) expect(degrees(tilted(angle), 'trunk')).toBeCloseTo(angle, 6);
  });

  it('stay the same while the person turns once around', () => {
    const body = syntheticBody({
      elbow: 70,
      shoulder: 100,
      hip: 120,
      knee: 95,
      ankle: 80,
      wrist: 150,
      neck: 160,
    });
    const before = anglesOf(body).joints;
    for (let turn = 0; turn <= 360; turn += 1) {
      const after = anglesOf(turned(body, turn)).joints;
      for (const joint of JOINTS) {
        expect(after[joint].degrees, `${joint} at ${turn}°`).toBeCloseTo(before[joint].degrees as number, 5);
      }
    }
  });

  it('change sides, and nothing else, in a mirror', () => {
    const leftOnly = syntheticBody({ elbow: 70, knee: 100 }).map((point, index) =>
      index % 2 === 0 ? (syntheticBody()[index] as Landmark) : point,
    );
    const before = anglesOf(leftOnly).joints;
    const after = anglesOf(mirrored(leftOnly)).joints;
    expect(before.leftElbow.degrees).toBeCloseTo(70, 6);
    expect(after.rightElbow.degrees).toBeCloseTo(70, 6);
    expect(after.leftElbow.degrees).toBeCloseTo(before.rightElbow.degrees as number, 6);
    expect(after.neck.degrees).toBeCloseTo(before.neck.degrees as number, 6);
  });

  it('carry the confidence of their least visible landmark', () => {
    const body = moved(syntheticBody(), BODY.leftWrist, { visibility: 0.6 });
    expect(anglesOf(body).joints.leftElbow).toMatchObject({ joint: 'leftElbow', confidence: 0.6 });
    expect(anglesOf(body).joints.leftElbow).not.toHaveProperty('reason');
    const half = moved(syntheticBody(), BODY.leftWrist, { presence: 0.55 });
    expect(anglesOf(half).joints.leftElbow.confidence).toBe(0.55);
  });

  it.each([
    ['hidden', { visibility: 0.49 }],
    ['missing', { visibility: 0 }],
    ['invalid', { x: Number.NaN }],
    ['invalid', { z: Number.POSITIVE_INFINITY }],
    ['invalid', { visibility: Number.NaN }],
  ] as const)('are unknown, with the reason %s, where a landmark has %o', (reason, change) => {
    const { joints } = anglesOf(moved(syntheticBody(), BODY.leftKnee, change));
    for (const joint of ['leftKnee', 'leftHip', 'leftAnkle'] as const) {
      expect(joints[joint]).toMatchObject({ degrees: undefined, reason });
    }
    expect(joints.rightKnee.degrees).toBeCloseTo(180, 6);
  });

  it('are unknown when a limb has no length', () => {
    const body = syntheticBody();
    const { joints } = anglesOf(moved(body, BODY.leftElbow, { ...body[BODY.leftWrist], visibility: 1 }));
    expect(joints.leftElbow).toMatchObject({ degrees: undefined, reason: 'degenerate' });
  });

  it('are all missing where there are no world landmarks, and nothing throws', () => {
    const { joints, view } = anglesOf([]);
    expect(Object.keys(joints)).toEqual([...JOINTS]);
    for (const joint of JOINTS) expect(joints[joint]).toMatchObject({ reason: 'missing', confidence: 0 });
    expect(view).toMatchObject({ degrees: undefined, reason: 'missing' });
  });

  it('take less visible joints when asked to', () => {
    const body = moved(syntheticBody({ knee: 90 }), BODY.leftKnee, { visibility: 0.2 });
    const { joints } = jointAngles({ worldLandmarks: body }, { minimumConfidence: 0.1 });
    expect(joints.leftKnee.degrees).toBeCloseTo(90, 6);
  });
});

describe('the view', () => {
  it('goes from 0° in front over 90° from the side to 0° behind', () => {
    const view = (turn: number) => anglesOf(turned(syntheticBody(), turn)).view.degrees;
    expect(view(0)).toBeCloseTo(0, 6);
    expect(view(30)).toBeCloseTo(30, 6);
    expect(view(90)).toBeCloseTo(90, 6);
    expect(view(150)).toBeCloseTo(30, 6);
    expect(view(180)).toBeCloseTo(0, 6);
    expect(view(270)).toBeCloseTo(90, 6);
  });
});

/** Frames of a clip as MediaPipe's full model saw it. */
function clip(name: string): (Landmark[] | null)[] {
  const file = readFileSync(join(fixtures as string, 'landmarks', `${name}.full.json.gz`));
  const { frames } = JSON.parse(gunzipSync(file).toString()) as {
    frames: ({ lm: number[][]; wl: number[][] } | null)[];
  };
  return frames.map(
    (frame) =>
      frame?.wl.map(([x, y, z], index) => ({
        x: x as number,
        y: y as number,
        z: z as number,
        visibility: frame.lm[index]?.[3] as number,
      })) ?? null,
  );
}

describe('angles of real people', () => {
  it('find the knees deeply bent at the squats that people labelled, and straight between them', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const frames = clip('squat_front_5reps');
    const labels = JSON.parse(readFileSync(join(fixtures, 'videos', 'labels.json'), 'utf8'));
    const bottoms: number[] = labels['squat_front_5reps.mp4'].bottoms_s;
    const knee = (seconds: number) => degrees(frames[Math.round(seconds * 30)] as Landmark[], 'rightKnee');
    for (const [index, bottom] of bottoms.entries()) {
      expect(knee(bottom), `bottom ${index}`).toBeLessThan(110);
      const next = bottoms[index + 1];
      if (next === undefined) continue;
      const between = Array.from({ length: 60 }, (_, step) => knee(bottom + ((next - bottom) * step) / 60));
      expect(Math.max(...between), `after bottom ${index}`).toBeGreaterThan(150);
    }
  });

  it('bend the elbow at the push-ups that people labelled', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const frames = clip('pushup_side');
    const elbow = (seconds: number) =>
      degrees(frames[Math.round(seconds * 29.97)] as Landmark[], 'leftElbow');
    for (const bottom of [3.1, 7.0, 10.2, 13.9]) expect(elbow(bottom)).toBeLessThan(110);
    for (const top of [5.0, 8.6, 12.0]) expect(elbow(top)).toBeGreaterThan(140);
  });

  it('see a push-up from the side and its trunk lying', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    const frame = anglesOf(clip('pushup_side')[150] as Landmark[]);
    expect(frame.view.degrees).toBeGreaterThan(60);
    expect(frame.joints.trunk.degrees).toBeGreaterThan(55);
    expect(frame.joints.trunk.degrees).toBeLessThan(110);
  });

  it('stay the same when a whole real dance is turned and mirrored', (context) => {
    if (!fixtures) return context.skip('skipped: no fixtures');
    for (const frame of clip('dance_phrase_talmolab').filter((_, index) => index % 20 === 0)) {
      if (frame === null) continue;
      const before = anglesOf(frame).joints;
      for (let turn = 0; turn < 360; turn += 45) {
        const after = anglesOf(turned(frame, turn)).joints;
        for (const joint of JOINTS) {
          if (before[joint].degrees === undefined) expect(after[joint].reason).toBe(before[joint].reason);
          else expect(after[joint].degrees).toBeCloseTo(before[joint].degrees, 5);
        }
      }
      const mirror = anglesOf(mirrored(frame)).joints;
      expect(mirror.leftKnee.degrees ?? -1).toBeCloseTo(before.rightKnee.degrees ?? -1, 6);
    }
  });
});
