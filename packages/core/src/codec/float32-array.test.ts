import { expect, test } from 'vitest';
import type { Hand, Landmark, PoseFrame } from '../pose/index.ts';
import { floatsPerPerson, toFloat32Array } from './index.ts';

/** Landmarks that tell in every number whose, which and what they are. */
function tagged(owner: number, count: number): Landmark[] {
  return Array.from({ length: count }, (_, index) => ({
    x: owner * 1000 + index * 10 + 1,
    y: owner * 1000 + index * 10 + 2,
    z: owner * 1000 + index * 10 + 3,
    visibility: owner * 1000 + index * 10 + 4,
  }));
}

const hand: Hand = {
  poseId: 7,
  side: 'right',
  score: 1,
  timestamp: 0,
  landmarks: tagged(5, 21),
  worldLandmarks: tagged(6, 21),
};
const frame: PoseFrame = {
  sequence: 0,
  epoch: 0,
  timestamp: 0,
  width: 640,
  height: 480,
  poses: [
    { id: 3, score: 1, landmarks: tagged(1, 33), worldLandmarks: tagged(2, 33) },
    { id: 7, score: 1, landmarks: tagged(3, 33), worldLandmarks: [] },
  ],
  hands: [hand],
  dropped: 0,
  timings: { capturedAt: 0, stages: {} },
};

test('lays people, landmarks and seven numbers out in rows', () => {
  const array = toFloat32Array(frame);
  expect(array.length).toBe(2 * 33 * 7);
  expect([...array.subarray(4 * 7, 5 * 7)]).toEqual([1041, 1042, 1043, 1044, 2041, 2042, 2043]);
  expect([...array.subarray(231 + 32 * 7, 231 + 33 * 7)]).toEqual([3321, 3322, 3323, 3324, 0, 0, 0]);
});

test('puts each person’s left and right hand behind the body, zeros where there is none', () => {
  const array = toFloat32Array(frame, { hands: true });
  const size = floatsPerPerson({ hands: true });
  expect(size).toBe((33 + 21 + 21) * 7);
  expect(array.length).toBe(2 * size);
  const left = array.subarray(size + 33 * 7, size + 54 * 7);
  expect(left.every((value) => value === 0)).toBe(true);
  const right = array.subarray(size + 54 * 7);
  expect([...right.subarray(7, 14)]).toEqual([5011, 5012, 5013, 5014, 6011, 6012, 6013]);
  expect(array.subarray(33 * 7, size).every((value) => value === 0)).toBe(true);
});

test('has a fixed size when a number of people is asked for', () => {
  expect(toFloat32Array(frame, { people: 1 })).toEqual(toFloat32Array(frame).subarray(0, 231));
  const padded = toFloat32Array(frame, { people: 4 });
  expect(padded.length).toBe(4 * 231);
  expect(padded.subarray(2 * 231).every((value) => value === 0)).toBe(true);
});
