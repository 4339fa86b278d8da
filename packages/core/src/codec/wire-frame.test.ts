import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PoseFrame } from '../pose/index.ts';
import { JOINTS, jointAngles } from '../pose/index.ts';
import { anyFloat32, arbitraryFrame, nearPicture } from './arbitrary-frame.ts';
import { decodeWireFrame, encodeWireFrame, peekWireHeader, type WireFrame } from './index.ts';
import { WIRE_JOINTS } from './wire-angles.ts';

/** Longer side of a 1080p picture, in pixels. */
const WIDTH_1080P = 1920;

/** Half of one of 65535 steps over [-1, 2], by arithmetic, with room for the float64 division. */
const COORDINATE_ERROR = 3 / 65_535 / 2 + 1e-12;
/** Half of one of 8192 steps. */
const DEPTH_ERROR = 1 / 8192 / 2 + 1e-12;
/** Half of one of 255 steps. */
const LIKELIHOOD_ERROR = 1 / 255 / 2 + 1e-12;

function decoded(bytes: Uint8Array): WireFrame {
  const result = decodeWireFrame(bytes);
  if (!result.ok) throw result.error;
  return result.value;
}

/** A person whose joints are spread over the picture by a rule that no code under test knows. */
function person(id: number): PoseFrame['poses'][number] {
  const landmarks = Array.from({ length: 33 }, (_, index) => ({
    x: (index * 7 + id) / 250,
    y: index / 33,
    z: index / 40 - 0.5,
    visibility: 1 - index / 66,
  }));
  return { id, score: 0.9, landmarks, worldLandmarks: landmarks.map((l) => ({ ...l, x: l.x - 0.5 })) };
}

function frameOf(people: number): PoseFrame {
  return {
    sequence: 12,
    epoch: 3,
    timestamp: 1234.5678,
    width: 1920,
    height: 1080,
    poses: Array.from({ length: people }, (_, index) => person(index)),
    hands: [],
    dropped: 2,
    timings: { capturedAt: 1_700_000_000_123.25, stages: { body: 17.25, resize: 0.5 } },
  };
}

describe('a wire frame', () => {
  test('of one person takes at most 300 bytes', () => {
    expect(encodeWireFrame(frameOf(1)).length).toBeLessThanOrEqual(300);
  });

  test('keeps coordinates in [-1, 2] to under half a pixel of 1080p, for any number of people and hands', () => {
    fc.assert(
      fc.property(arbitraryFrame(nearPicture), (frame) => {
        const { poses, hands } = decoded(encodeWireFrame(frame, { world: true })).frame;
        const before = [...frame.poses, ...frame.hands];
        const after = [...poses, ...hands];
        expect(after.length).toBe(before.length);
        before.forEach((original, index) => {
          const copy = after[index];
          expect(copy?.landmarks.length).toBe(original.landmarks.length);
          expect(copy?.worldLandmarks.length).toBe(original.worldLandmarks.length);
          original.landmarks.forEach((landmark, at) => {
            const seen = copy?.landmarks[at] ?? { x: NaN, y: NaN, z: NaN, visibility: NaN };
            const worst = Math.max(Math.abs(seen.x - landmark.x), Math.abs(seen.y - landmark.y));
            expect(worst).toBeLessThanOrEqual(COORDINATE_ERROR);
            expect(worst * WIDTH_1080P).toBeLessThan(0.5);
            expect(Math.abs(seen.z - landmark.z)).toBeLessThanOrEqual(DEPTH_ERROR);
            expect(Math.abs(seen.visibility - landmark.visibility)).toBeLessThanOrEqual(LIKELIHOOD_ERROR);
          });
          original.worldLandmarks.forEach((landmark, at) => {
            const placed = copy?.worldLandmarks[at] ?? { x: NaN, y: NaN, z: NaN };
            for (const axis of ['x', 'y', 'z'] as const) {
              expect(Math.abs(placed[axis] - landmark[axis])).toBeLessThanOrEqual(DEPTH_ERROR);
            }
          });
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('keeps everything that is not a landmark exactly, scores to a 255th', () => {
    fc.assert(
      fc.property(arbitraryFrame(nearPicture), (frame) => {
        const copy = decoded(encodeWireFrame(frame, { timings: true })).frame;
        const { poses, hands, ...facts } = copy;
        const { poses: originalPoses, hands: originalHands, ...originalFacts } = frame;
        expect(facts).toEqual(originalFacts);
        expect(poses.map(({ id }) => id)).toEqual(originalPoses.map(({ id }) => id));
        expect(hands.map(({ poseId, side, timestamp }) => [poseId, side, timestamp])).toEqual(
          originalHands.map(({ poseId, side, timestamp }) => [poseId, side, timestamp]),
        );
        [...originalPoses, ...originalHands].forEach(({ score }, index) => {
          const copied = [...poses, ...hands][index]?.score ?? NaN;
          expect(Math.abs(copied - score)).toBeLessThanOrEqual(LIKELIHOOD_ERROR);
        });
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('carries any finite numbers, clamped to its range', () => {
    fc.assert(
      fc.property(arbitraryFrame(anyFloat32), (frame) => {
        const copy = decoded(encodeWireFrame(frame, { world: true })).frame;
        for (const { landmarks, worldLandmarks } of [...copy.poses, ...copy.hands]) {
          for (const { x, y, z } of landmarks) {
            expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1);
            expect(Math.max(x, y)).toBeLessThanOrEqual(2);
            expect(Math.abs(z)).toBeLessThanOrEqual(4);
          }
          for (const { x, y, z } of worldLandmarks) {
            expect(Math.max(Math.abs(x), Math.abs(y), Math.abs(z))).toBeLessThanOrEqual(4);
          }
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  test('puts a joint that is far outside on the border of the range', () => {
    const frame = frameOf(1);
    const far = { x: -7, y: 9, z: 50, visibility: 0.5 };
    const copy = decoded(encodeWireFrame({ ...frame, poses: [{ ...person(0), landmarks: [far] }] })).frame;
    expect(copy.poses[0]?.landmarks[0]).toMatchObject({ x: -1, y: 2, z: 32_767 / 8192 });
  });

  test('says which blocks it has, and leaves the others empty', () => {
    const frame = frameOf(2);
    const bare = decoded(encodeWireFrame(frame, { hands: false }));
    expect(bare.blocks).toEqual({ world: false, angles: false, timings: false, hands: false });
    expect(bare.frame.poses.map(({ worldLandmarks }) => worldLandmarks.length)).toEqual([0, 0]);
    expect(bare.frame.timings).toEqual({ capturedAt: 1_700_000_000_123.25, stages: {} });
    expect(bare.angles).toEqual([]);
    const angles = frame.poses.map((pose) => jointAngles(pose));
    const full = decoded(encodeWireFrame(frame, { world: true, timings: true, angles }));
    expect(full.blocks).toEqual({ world: true, angles: true, timings: true, hands: true });
    expect(full.frame.hands).toEqual([]);
    expect(full.frame.timings.stages).toEqual({ body: 17.25, resize: 0.5 });
  });

  test('tells nobody in view from no frame', () => {
    expect(decoded(encodeWireFrame(frameOf(0))).frame.poses).toEqual([]);
  });

  test('keeps angles to 0.005° and their reasons when they are not known', () => {
    const frame = frameOf(1);
    const known = { joint: 'leftElbow', degrees: 179.996, confidence: 0.5 } as const;
    const hidden = { joint: 'rightKnee', degrees: undefined, confidence: 0.25, reason: 'hidden' } as const;
    const [measured] = frame.poses.map((pose) => jointAngles(pose));
    if (measured === undefined) throw new Error('There is one person.');
    const angles = [
      {
        joints: { ...measured.joints, leftElbow: known, rightKnee: hidden },
        view: { degrees: 33.333, confidence: 1 },
      },
    ];
    const [copy] = decoded(encodeWireFrame(frame, { angles })).angles;
    expect(copy?.joints.leftElbow.degrees).toBe(180);
    expect(copy?.joints.rightKnee).toMatchObject({
      joint: 'rightKnee',
      degrees: undefined,
      reason: 'hidden',
    });
    expect(copy?.joints.rightKnee.confidence).toBeCloseTo(0.25, 2);
    expect(copy?.view.degrees).toBe(33.33);
    for (const joint of JOINTS) {
      expect(copy?.joints[joint].joint).toBe(joint);
      if (joint === 'leftElbow' || joint === 'rightKnee') continue;
      const before = measured.joints[joint].degrees ?? NaN;
      expect(Math.abs((copy?.joints[joint].degrees ?? NaN) - before)).toBeLessThanOrEqual(0.005 + 1e-9);
    }
  });

  test('has a place for every joint of the vocabulary', () => {
    expect([...WIRE_JOINTS].sort()).toEqual([...JOINTS].sort());
  });

  test('shows its header without being decoded', () => {
    const bytes = encodeWireFrame(frameOf(3), { hands: false });
    const header = peekWireHeader(bytes.subarray(0, 35));
    expect(header.ok && header.value).toMatchObject({
      version: 1,
      sequence: 12,
      epoch: 3,
      people: 3,
      hands: 0,
    });
  });

  test('is read from an ArrayBuffer and from the middle of one', () => {
    const bytes = encodeWireFrame(frameOf(1));
    const padded = new Uint8Array(bytes.length + 20);
    padded.set(bytes, 13);
    expect(decodeWireFrame(bytes.buffer)).toEqual(decodeWireFrame(padded.subarray(13, 13 + bytes.length)));
    expect(decoded(bytes).frame.sequence).toBe(12);
  });

  test.each([
    ['a NaN', { poses: [{ ...person(0), landmarks: [{ x: NaN, y: 0, z: 0, visibility: 1 }] }] }],
    ['an infinity', { timestamp: Number.POSITIVE_INFINITY }],
    ['no size', { width: 0 }],
    ['more people than a byte counts', { poses: Array.from({ length: 256 }, (_, id) => person(id)) }],
    ['half a sequence number', { sequence: 1.5 }],
  ])('is refused with FRAME_INVALID when it has %s', (_, fault) => {
    expect(() => encodeWireFrame({ ...frameOf(1), ...fault })).toThrow(
      expect.objectContaining({ code: 'FRAME_INVALID' }),
    );
  });

  test('cut off anywhere, or with a byte too many, is BYTES_INVALID', () => {
    const bytes = encodeWireFrame(frameOf(1), { world: true, timings: true });
    for (let length = 0; length < bytes.length; length += 1) {
      const result = decodeWireFrame(bytes.subarray(0, length));
      expect(result.ok ? 'decoded' : result.error.code).toBe('BYTES_INVALID');
    }
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    const result = decodeWireFrame(longer);
    expect(result.ok ? 'decoded' : result.error.code).toBe('BYTES_INVALID');
  });

  test('of a later version is VERSION_UNSUPPORTED, for whoever peeks as well', () => {
    const bytes = encodeWireFrame(frameOf(1));
    bytes[1] = 2;
    for (const result of [decodeWireFrame(bytes), peekWireHeader(bytes)]) {
      expect(result.ok ? 'decoded' : result.error.code).toBe('VERSION_UNSUPPORTED');
    }
  });
});
