import fc from 'fast-check';
import type { Hand, Landmark, Pose, PoseFrame } from '../pose/index.ts';

/*
 * Frames for property tests: every field over the whole range that the byte forms promise, not the range that
 * engines happen to give.
 */

const finite = { noNaN: true, noDefaultInfinity: true } as const;
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const likelihood = fc.float({ min: 0, max: 1, noNaN: true });

function landmarks(coordinate: fc.Arbitrary<number>, withPresence: boolean): fc.Arbitrary<Landmark[]> {
  const fields = { x: coordinate, y: coordinate, z: coordinate, visibility: likelihood };
  const plain = fc.record(fields);
  const landmark = withPresence ? fc.oneof(plain, fc.record({ ...fields, presence: likelihood })) : plain;
  return fc.array(landmark, { maxLength: 33 });
}

/** World landmarks that repeat the likelihoods of the image landmarks, as engines give them, or have their own. */
function body(coordinate: fc.Arbitrary<number>): fc.Arbitrary<Pick<Pose, 'landmarks' | 'worldLandmarks'>> {
  return fc.oneof(
    landmarks(coordinate, true).map((image) => ({
      landmarks: image,
      worldLandmarks: image.map((landmark) => ({ ...landmark, x: landmark.y, y: landmark.z, z: landmark.x })),
    })),
    fc.record({ landmarks: landmarks(coordinate, true), worldLandmarks: landmarks(coordinate, true) }),
  );
}

/** @param coordinate any of x, y and z */
export function arbitraryFrame(coordinate: fc.Arbitrary<number>): fc.Arbitrary<PoseFrame> {
  const pose: fc.Arbitrary<Pose> = fc
    .tuple(fc.record({ id: uint32, score: likelihood }), body(coordinate))
    .map(([facts, parts]) => ({ ...facts, ...parts }));
  const hand: fc.Arbitrary<Hand> = fc
    .tuple(
      fc.record({
        poseId: uint32,
        side: fc.constantFrom('left' as const, 'right' as const),
        score: likelihood,
        timestamp: fc.double(finite),
      }),
      body(coordinate),
    )
    .map(([facts, parts]) => ({ ...facts, ...parts }));
  return fc.record({
    sequence: uint32,
    epoch: uint32,
    timestamp: fc.double(finite),
    width: fc.integer({ min: 1, max: 65_535 }),
    height: fc.integer({ min: 1, max: 65_535 }),
    poses: fc.array(pose, { maxLength: 4 }),
    hands: fc.array(hand, { maxLength: 4 }),
    dropped: fc.integer({ min: 0, max: 65_535 }),
    timings: fc.record({
      capturedAt: fc.double(finite),
      stages: fc.dictionary(fc.string({ maxLength: 20, unit: 'grapheme' }), fc.double(finite), {
        maxKeys: 6,
        noNullPrototype: true,
      }),
    }),
  });
}

/** Any finite float32. */
export const anyFloat32: fc.Arbitrary<number> = fc.float(finite);

/** What an engine may give for a joint in or near the picture. */
export const nearPicture: fc.Arbitrary<number> = fc.double({ min: -1, max: 2, noNaN: true });
