import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packDetections, unpackDetections } from './packed-landmarks.ts';

const float = fc.float({ noNaN: true });
const landmark = fc.record({ x: float, y: float, z: float, visibility: float });

describe('packDetections', () => {
  it('is undone exactly by unpackDetections, for any number of people', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 33 }), fc.gen(), (points, gen) => {
        const landmarks = () => gen(fc.array, landmark, { minLength: points, maxLength: points });
        const detections = Array.from({ length: gen(fc.integer, { min: 0, max: 4 }) }, () => ({
          score: gen(fc.float, { noNaN: true }),
          landmarks: landmarks(),
          worldLandmarks: landmarks(),
        }));
        expect(unpackDetections(packDetections(detections, points), points)).toEqual(detections);
      }),
    );
  });

  it('lays out the score, then the image landmarks, then the same in metres', () => {
    const one = (x: number) => ({ x, y: x + 1, z: x + 2, visibility: x + 3 });
    const packed = packDetections([{ score: 9, landmarks: [one(10)], worldLandmarks: [one(20)] }], 1);
    expect([...packed]).toEqual([9, 10, 11, 12, 13, 20, 21, 22, 23]);
  });
});
