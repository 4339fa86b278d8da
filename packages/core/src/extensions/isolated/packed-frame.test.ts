import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../../tests/synthetic-pose.ts';
import type { Hand, Landmark, Pose, PoseFrame } from '../../pose/index.ts';
import { packFrame, unpackFrame } from './packed-frame.ts';

/** Any number that a frame may hold. */
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(-0));
const whole = fc.integer({ min: 0, max: 2 ** 32 });
const place = { x: number, y: number, z: number, visibility: number };
const landmarks: fc.Arbitrary<Landmark[]> = fc.array(
  fc.oneof(fc.record(place), fc.record({ ...place, presence: number })),
  { maxLength: 33 },
);
const body = { score: number, landmarks, worldLandmarks: landmarks };
const pose: fc.Arbitrary<Pose> = fc.record({ id: whole, ...body });
const side = fc.constantFrom('left' as const, 'right' as const);
const hand: fc.Arbitrary<Hand> = fc.record({ poseId: whole, side, timestamp: number, ...body });
const anyFrame: fc.Arbitrary<PoseFrame> = fc.record({
  sequence: whole,
  epoch: whole,
  timestamp: number,
  width: whole,
  height: whole,
  poses: fc.array(pose, { maxLength: 4 }),
  hands: fc.array(hand, { maxLength: 4 }),
  dropped: whole,
  timings: fc.record({
    capturedAt: number,
    stages: fc.dictionary(fc.string({ unit: 'grapheme' }), number, { maxKeys: 6, noNullPrototype: true }),
  }),
});

describe('A packed frame', () => {
  it('gives back every number of any frame as it was, signs of zeros included', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        // What has gone over a channel is a copy of what was packed.
        expect(unpackFrame(structuredClone(packFrame(frame)))).toEqual(frame);
      }),
    );
  });

  it('keeps presence with those landmarks that have it, and away from those that have none', () => {
    const bare: Landmark = { x: 1, y: 2, z: 3, visibility: 0.5 };
    const seen: Landmark = { ...bare, presence: 0 };
    for (const list of [[bare, bare], [seen, seen], [bare, seen], [seen, bare], []]) {
      const frame = syntheticFrame(40, [{ id: 7, score: 1, landmarks: list, worldLandmarks: list }]);
      const found = unpackFrame(packFrame(frame)).poses[0]?.landmarks;
      expect(found).toStrictEqual(list);
    }
  });

  it('of one person is 2.2 kB', () => {
    const frame = syntheticFrame(40, [syntheticPose(1, syntheticBody())]);
    // 9 numbers about the frame, 2 about the person, 2 about each list, 4 per landmark; 8 bytes each.
    expect(packFrame(frame).values.byteLength).toBe((9 + 2 + 2 * (2 + 33 * 4)) * 8);
  });
});
