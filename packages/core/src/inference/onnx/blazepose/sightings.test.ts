import { describe, expect, it } from 'vitest';
import type { Region } from '../network.ts';
import { readHand } from './hand-sighting.ts';
import { refineByHeatmap } from './heatmap.ts';
import { readPose } from './pose-sighting.ts';
import { sameLandmarks } from './same-landmarks.ts';

const logit = (probability: number) => Math.log(probability / (1 - probability));

describe('refinement by a heatmap', () => {
  const COLD = -50;

  /** Eight by eight cells, of which some are as certain as said. */
  function heatmap(cells: Readonly<Record<string, number>>): Float32Array {
    const values = new Float32Array(64).fill(COLD);
    for (const [place, certainty] of Object.entries(cells)) {
      const [column = 0, row = 0] = place.split(',').map(Number);
      values[row * 8 + column] = logit(certainty);
    }
    return values;
  }

  it('goes to the mean of the cells around, weighted by how certain they are', () => {
    // The point is in cell (4, 4). (3·0.9 + 6·0.3) / 1.2 = 3.75; (2·0.9 + 5·0.3) / 1.2 = 2.75.
    const refined = refineByHeatmap({ x: 0.55, y: 0.5 }, heatmap({ '3,2': 0.9, '6,5': 0.3 }), 8);
    expect(refined.x).toBeCloseTo(3.75 / 8, 6);
    expect(refined.y).toBeCloseTo(2.75 / 8, 6);
  });

  it('looks three cells far, and no further than the edge', () => {
    const point = { x: 0.01, y: 0.01 };
    expect(refineByHeatmap(point, heatmap({ '3,3': 0.9, '4,0': 0.99 }), 8).x).toBeCloseTo(3 / 8, 6);
    expect(refineByHeatmap(point, heatmap({ '4,0': 0.99 }), 8)).toEqual(point);
  });

  it('leaves the point where the heatmap is not sure', () => {
    const point = { x: 0.5, y: 0.5 };
    expect(refineByHeatmap(point, heatmap({ '3,3': 0.49, '5,4': 0.49 }), 8)).toEqual(point);
    expect(refineByHeatmap(point, heatmap({ '3,3': 0.51 }), 8).x).toBeCloseTo(3 / 8, 6);
  });

  it('leaves what is outside of the input, and what is not a number', () => {
    const hot = heatmap({ '0,0': 0.9, '7,7': 0.9 });
    for (const point of [
      { x: -0.2, y: 0.1 },
      { x: 0.1, y: 1 },
      { x: Number.NaN, y: 0.1 },
    ]) {
      expect(refineByHeatmap(point, hot, 8)).toEqual(point);
    }
    const point = { x: 0.5, y: 0.5 };
    expect(refineByHeatmap(point, new Float32Array(64).fill(Number.NaN), 8)).toEqual(point);
  });
});

/** A square of the picture of 200 × 100 pixels, turned by a quarter: right in it is down in the picture. */
const REGION: Region = { x: 100, y: 50, width: 64, height: 64, angle: Math.PI / 2 };
const PICTURE = { width: 200, height: 100 };

describe('reading a person', () => {
  function outputs(changes: { readonly presence?: number; readonly x?: number } = {}) {
    const landmarks = new Float32Array(39 * 5);
    for (let index = 0; index < 39; index += 1) {
      // x, y, z, visibility, presence.
      landmarks.set([changes.x ?? 192, 128, 64, logit(0.75), logit(0.5)], index * 5);
    }
    // Hips in the middle of the input, the rim a quarter of it above: 16 pixels of the picture.
    landmarks.set([128, 128, 0, 0, 0], 33 * 5);
    landmarks.set([128, 64, 0, 0, 0], 34 * 5);
    const world = new Float32Array(39 * 3);
    for (let index = 0; index < 39; index += 1) world.set([0.5, -0.25, 0.125], index * 3);
    return {
      landmarks,
      presence: Float32Array.of(changes.presence ?? 0.9),
      heatmap: new Float32Array(39 * 64 * 64).fill(-50),
      world_landmarks: world,
    };
  }

  it('puts landmarks where they are in the picture', () => {
    const sighting = readPose(outputs(), REGION, PICTURE, 0.5);
    expect(sighting?.detection.landmarks).toHaveLength(33);
    const [nose] = sighting?.detection.landmarks ?? [];
    // A quarter of the input right of its middle is 16 pixels below the region's.
    expect(nose?.x).toBeCloseTo(100 / 200, 6);
    expect(nose?.y).toBeCloseTo(66 / 100, 6);
    // A quarter of the input deep: 16 of 200 pixels.
    expect(nose?.z).toBeCloseTo(16 / 200, 6);
    expect(nose?.visibility).toBeCloseTo(0.75, 6);
    expect(nose?.presence).toBeCloseTo(0.5, 6);
    expect(sighting?.points[0]?.y).toBeCloseTo(66, 4);
  });

  it('turns metres as the region is turned, and scores by what is visible', () => {
    const { detection } = readPose(outputs(), REGION, PICTURE, 0.5) ?? {};
    expect(detection?.worldLandmarks).toHaveLength(33);
    expect(detection?.worldLandmarks[32]?.x).toBeCloseTo(0.25, 6);
    expect(detection?.worldLandmarks[32]?.y).toBeCloseTo(0.5, 6);
    expect(detection?.worldLandmarks[32]?.z).toBeCloseTo(0.125, 6);
    expect(detection?.worldLandmarks[32]?.visibility).toBeCloseTo(0.75, 6);
    expect(detection?.score).toBeCloseTo(0.75, 6);
  });

  it('looks next around the hips, as far as the rim and a quarter more', () => {
    const { next } = readPose(outputs(), REGION, PICTURE, 0.5) ?? {};
    expect(next?.x).toBeCloseTo(100, 4);
    expect(next?.y).toBeCloseTo(50, 4);
    expect(next?.width).toBeCloseTo(2 * 16 * 1.25, 4);
    expect(next?.angle).toBeCloseTo(Math.PI / 2, 6);
  });

  it('goes by the heatmap where it is sure', () => {
    const given = outputs();
    given.heatmap[(30 * 64 + 46) as number] = 5;
    const [nose, other] = readPose(given, REGION, PICTURE, 0.5)?.detection.landmarks ?? [];
    // Cell (46, 30) of 64: 14 and −2 cells, one pixel each, from the middle.
    expect(nose?.x).toBeCloseTo((100 + 2) / 200, 4);
    expect(nose?.y).toBeCloseTo((50 + 14) / 100, 4);
    expect(other?.y).toBeCloseTo(66 / 100, 6);
  });

  it('finds nobody where the network is not sure enough, or gives what is no number', () => {
    expect(readPose(outputs({ presence: 0.5 }), REGION, PICTURE, 0.5)).toBeUndefined();
    expect(readPose(outputs({ presence: 0.51 }), REGION, PICTURE, 0.5)).toBeDefined();
    expect(readPose(outputs({ presence: Number.NaN }), REGION, PICTURE, 0.5)).toBeUndefined();
    expect(readPose(outputs({ x: Number.NaN }), REGION, PICTURE, 0.5)).toBeUndefined();
    const endless = outputs();
    endless.world_landmarks[4] = Number.POSITIVE_INFINITY;
    expect(readPose(endless, REGION, PICTURE, 0.5)).toBeUndefined();
    // 2e38 · 2 is a number, but none that 32 bits hold, in which it is passed on.
    const far = outputs();
    far.landmarks[2] = 2e38;
    expect(readPose(far, { ...REGION, width: 512 }, { width: 1, height: 1 }, 0.5)).toBeUndefined();
    expect(readPose(far, { ...REGION, width: 256 }, { width: 1, height: 1 }, 0.5)).toBeDefined();
  });

  it('says which output is missing or of another size', () => {
    expect(() => readPose({ ...outputs(), landmarks: new Float32Array(200) }, REGION, PICTURE, 0.5)).toThrow(
      '200 values as "landmarks"; 195 were expected',
    );
    const { heatmap: _, ...without } = outputs();
    expect(() => readPose(without, REGION, PICTURE, 0.5)).toThrow(
      '0 values as "heatmap"; 159744 were expected',
    );
  });
});

describe('reading a hand', () => {
  function outputs(right: number) {
    const landmarks = new Float32Array(63);
    for (let index = 0; index < 21; index += 1) landmarks.set([168, 112 - index, 22.4], index * 3);
    const world = new Float32Array(63);
    for (let index = 0; index < 21; index += 1) world.set([0.02, 0.01, 0.03], index * 3);
    return {
      landmarks,
      presence: Float32Array.of(0.9),
      handedness: Float32Array.of(right),
      world_landmarks: world,
    };
  }

  it('puts landmarks where they are in the picture', () => {
    const { detection } = readHand(outputs(0.8), REGION, PICTURE, 0.5) ?? {};
    expect(detection?.landmarks).toHaveLength(21);
    expect(detection?.landmarks[0]?.x).toBeCloseTo(100 / 200, 6);
    expect(detection?.landmarks[0]?.y).toBeCloseTo(66 / 100, 6);
    // A tenth of the input deep, divided by 0.4: a quarter of the region's 64 pixels.
    expect(detection?.landmarks[0]?.z).toBeCloseTo(16 / 200, 6);
    expect(detection?.worldLandmarks[0]?.x).toBeCloseTo(-0.01, 6);
    expect(detection?.worldLandmarks[0]?.y).toBeCloseTo(0.02, 6);
  });

  it('is as sure as the network is of the side, whichever it is', () => {
    for (const right of [0.8, 0.2]) {
      const { detection } = readHand(outputs(right), REGION, PICTURE, 0.5) ?? {};
      expect(detection?.score).toBeCloseTo(0.8, 6);
      expect(detection?.landmarks[7]?.visibility).toBeCloseTo(0.8, 6);
    }
  });

  it('finds none where the network is not sure enough, or gives what is no number', () => {
    expect(
      readHand({ ...outputs(0.8), presence: Float32Array.of(0.5) }, REGION, PICTURE, 0.5),
    ).toBeUndefined();
    expect(readHand(outputs(Number.NaN), REGION, PICTURE, 0.5)).toBeUndefined();
    const broken = outputs(0.8);
    broken.landmarks[62] = Number.NaN;
    expect(readHand(broken, REGION, PICTURE, 0.5)).toBeUndefined();
  });
});

describe('telling two sets of landmarks apart', () => {
  // Four landmarks; between the first two lies the measure, 10.
  const square = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 0, y: 10 },
    { x: 10, y: 10 },
  ];
  const moved = (by: number, count: number) =>
    square.map(({ x, y }, index) => ({ x: index < count ? x + by : x + 100, y }));

  it('takes two for one where about half are a fifth of their measure apart, or less', () => {
    expect(sameLandmarks(square, moved(1.9, 4), [[0, 1]])).toBe(true);
    expect(sameLandmarks(square, moved(2.1, 4), [[0, 1]])).toBe(false);
    expect(sameLandmarks(square, moved(0, 2), [[2, 3]])).toBe(true);
    expect(sameLandmarks(square, moved(0, 1), [[2, 3]])).toBe(false);
  });

  it('goes by the longest measure', () => {
    expect(
      sameLandmarks(square, moved(2.1, 4), [
        [0, 1],
        [0, 3],
      ]),
    ).toBe(true);
  });
});
