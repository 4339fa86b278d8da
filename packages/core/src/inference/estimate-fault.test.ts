import { describe, expect, it } from 'vitest';
import type { Hand, Landmark, Pose } from '../pose/index.ts';
import { estimateFault } from './estimate-fault.ts';

const landmark: Landmark = { x: 0.5, y: 0.5, z: 0, visibility: 1 };

function points(count: number, wrong: Partial<Landmark> = {}, at = -1): Landmark[] {
  return Array.from({ length: count }, (_, index) => (index === at ? { ...landmark, ...wrong } : landmark));
}

function pose(change: Partial<Pose> = {}): Pose {
  return { id: 0, score: 0.9, landmarks: points(33), worldLandmarks: points(33), ...change };
}

function hand(change: Partial<Hand> = {}): Hand {
  const found = { landmarks: points(21), worldLandmarks: points(21) };
  return { poseId: 0, side: 'left', score: 0.9, timestamp: 0, ...found, ...change };
}

const fault = (poses: Pose[], hands: Hand[] = []) => estimateFault({ poses, hands, stages: {} });

describe('estimateFault', () => {
  it('finds nothing wrong with nobody, with a person, and with joints outside the picture', () => {
    const outside = pose({ landmarks: points(33, { x: -0.8, y: 1.9, visibility: 0 }, 31) });
    expect([fault([]), fault([pose()], [hand()]), fault([outside])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['a coordinate that is not a number', pose({ landmarks: points(33, { x: Number.NaN }, 4) })],
    ['an infinite depth', pose({ worldLandmarks: points(33, { z: Number.NEGATIVE_INFINITY }, 0) })],
    ['a missing landmark', pose({ landmarks: points(32) })],
    ['one landmark too many', pose({ worldLandmarks: points(34) })],
    ['a joint ten pictures away', pose({ landmarks: points(33, { y: 10.5 }, 12) })],
    ['a visibility above one', pose({ landmarks: points(33, { visibility: 1.5 }, 2) })],
    ['a presence that is not a number', pose({ landmarks: points(33, { presence: Number.NaN }, 2) })],
    ['a negative score', pose({ score: -0.1 })],
  ])('names %s', (_, broken) => {
    expect(fault([pose(), broken])).toMatch(/^pose 1: /);
  });

  it('looks at hands too', () => {
    expect(fault([pose()], [hand({ landmarks: points(21, { x: Number.NaN }, 20) })])).toBe(
      'hand 0: landmark 20 at NaN, 0.5, 0',
    );
  });
});
