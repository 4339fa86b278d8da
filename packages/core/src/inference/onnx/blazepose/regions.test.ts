import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Region } from '../network.ts';
import { cropRegion } from '../pixels/crop.ts';
import type { Point } from './candidates.ts';
import {
  bodyRegion,
  boxOf,
  handRegionOfLandmarks,
  handRegionOfPalm,
  isUsable,
  letterbox,
  toPicture,
} from './regions.ts';

const DEGREES = Math.PI / 180;

function expectRegion(region: Region | undefined, [x, y, side, degrees]: readonly number[]): void {
  expect(region?.x).toBeCloseTo(x ?? Number.NaN, 6);
  expect(region?.y).toBeCloseTo(y ?? Number.NaN, 6);
  expect(region?.width).toBeCloseTo(side ?? Number.NaN, 6);
  expect(region?.height).toBeCloseTo(side ?? Number.NaN, 6);
  expect((region?.angle ?? Number.NaN) / DEGREES).toBeCloseTo(degrees ?? Number.NaN, 6);
}

describe('the region of a whole picture', () => {
  it('keeps the shape of the input, with the picture in its middle', () => {
    const square = { width: 224, height: 224 };
    expectRegion(letterbox({ width: 640, height: 480 }, square), [320, 240, 640, 0]);
    expectRegion(letterbox({ width: 300, height: 900 }, square), [150, 450, 900, 0]);
    const tall = letterbox({ width: 100, height: 100 }, { width: 192, height: 256 });
    expect([tall.width, tall.height]).toEqual([100, (100 * 256) / 192]);
  });
});

describe('the region of a body', () => {
  it('is the circle around the body and a quarter more, turned so that the body stands', () => {
    expectRegion(bodyRegion({ x: 100, y: 200 }, { x: 100, y: 100 }), [100, 200, 250, 0]);
    expectRegion(bodyRegion({ x: 100, y: 200 }, { x: 160, y: 200 }), [100, 200, 150, 90]);
    expectRegion(bodyRegion({ x: 100, y: 200 }, { x: 40, y: 200 }), [100, 200, 150, -90]);
    expectRegion(bodyRegion({ x: 0, y: 0 }, { x: -30, y: 40 }), [0, 0, 125, -143.130102354]);
  });
});

describe('the region of a hand', () => {
  // Seven keypoints, of which the wrist (0) and the middle finger's knuckle (2) count.
  const palm = (wrist: Point, knuckle: Point) => [wrist, wrist, knuckle, wrist, wrist, wrist, wrist];
  /** 90 radians and not degrees, as in MediaPipe's graph: 14 times round and 26.62° more than a quarter. */
  const EXTRA = (90 * 180) / Math.PI - 14 * 360 - 90;

  it('is 2.6 times the palm, half a palm towards the fingers', () => {
    const box = { left: 80, right: 120, top: 90, bottom: 140 };
    const region = handRegionOfPalm({ box, keypoints: palm({ x: 100, y: 140 }, { x: 100, y: 90 }) });
    // The palm is 50 high: its middle (100, 115) moves by 25 against the direction in which the region lies.
    const angle = EXTRA * DEGREES;
    expect(EXTRA).toBeCloseTo(26.62, 2);
    expectRegion(region, [100 + 25 * Math.sin(angle), 115 - 25 * Math.cos(angle), 130, EXTRA]);
  });

  it('is, from its landmarks on, twice the hand without its fingertips, with the fingers up', () => {
    // A hand that points to the right: the wrist at (0, 0), the knuckles in a column at x = 40.
    const landmarks: Point[] = Array.from({ length: 21 }, () => ({ x: 10, y: 0 }));
    landmarks[0] = { x: 0, y: 0 };
    landmarks[5] = { x: 40, y: -10 };
    landmarks[9] = { x: 40, y: 0 };
    landmarks[13] = { x: 40, y: 10 };
    landmarks[17] = { x: 36, y: 20 };
    // Fingertips count for nothing.
    landmarks[12] = { x: 500, y: 500 };
    // Turned upright it is 30 wide (y −10 … 20) and 40 high (x 0 … 40); a tenth of 40 further to the right.
    expectRegion(handRegionOfLandmarks(landmarks), [20 + 4, 5, 80, 90]);
  });

  it('is not to be had without the landmarks it needs', () => {
    expect(handRegionOfLandmarks([{ x: 1, y: 1 }])).toBeUndefined();
    const box = { left: 0, right: 1, top: 0, bottom: 1 };
    expect(handRegionOfPalm({ box, keypoints: [{ x: 1, y: 1 }] })).toBeUndefined();
  });
});

describe('from a network’s input back to the picture', () => {
  it('goes from the corners of the input to the corners of the region', () => {
    const region: Region = { x: 50, y: 60, width: 20, height: 10, angle: Math.PI / 2 };
    expect(toPicture(region, { x: 0.5, y: 0.5 })).toEqual({ x: 50, y: 60 });
    // Turned clockwise by a quarter, the upper left corner is at the upper right.
    const corner = toPicture(region, { x: 0, y: 0 });
    expect(corner.x).toBeCloseTo(55, 9);
    expect(corner.y).toBeCloseTo(50, 9);
  });

  it('finds in the picture what the crop has shown, wherever the region lies', () => {
    // One bright pixel in a dark picture: its share of the crop tells where it must be found again.
    const columns = 64;
    const region = fc.record({
      x: fc.double({ min: 20, max: 44, noNaN: true }),
      y: fc.double({ min: 20, max: 44, noNaN: true }),
      side: fc.double({ min: 40, max: 60, noNaN: true }),
      angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    });
    const bright = fc.record({ x: fc.integer({ min: 28, max: 36 }), y: fc.integer({ min: 28, max: 36 }) });
    const input = { name: 'image', width: 128, height: 128, range: [0, 255], border: 'black' } as const;
    fc.assert(
      fc.property(region, bright, ({ side, ...place }, { x, y }) => {
        const turned: Region = { ...place, width: side, height: side };
        const data = new Uint8Array(columns * columns * 4);
        data[(y * columns + x) * 4] = 255;
        const values = new Float32Array(3 * 128 * 128);
        cropRegion(
          { width: columns, height: columns, data, release: () => undefined },
          turned,
          input,
          values,
        );
        let total = 0;
        const middle = { x: 0, y: 0 };
        for (let index = 0; index < 128 * 128; index += 1) {
          const light = values[index] ?? 0;
          total += light;
          middle.x += ((index % 128) * light) / 128;
          middle.y += (Math.floor(index / 128) * light) / 128;
        }
        const found = toPicture(turned, { x: middle.x / total, y: middle.y / total });
        expect(Math.hypot(found.x - x, found.y - y)).toBeLessThan(0.1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('whether a region is worth looking at', () => {
  const size = { width: 100, height: 100 };
  const square = (x: number, y: number, side: number, angle = 0): Region => ({
    x,
    y,
    width: side,
    height: side,
    angle,
  });

  it('depends on there being any of the picture in it', () => {
    expect(isUsable(square(50, 50, 10), size)).toBe(true);
    expect(isUsable(square(-4, 50, 10), size)).toBe(true);
    expect(isUsable(square(-40, 50, 10), size)).toBe(false);
    expect(isUsable(square(50, 140, 10), size)).toBe(false);
  });

  it('depends on its being a region at all', () => {
    expect(isUsable(square(50, 50, 0), size)).toBe(false);
    expect(isUsable(square(Number.NaN, 50, 10), size)).toBe(false);
    expect(isUsable(square(50, 50, Number.NaN), size)).toBe(false);
    expect(isUsable(square(50, 50, Number.POSITIVE_INFINITY), size)).toBe(false);
    expect(isUsable(square(50, 50, 10, Number.NaN), size)).toBe(false);
    expect(isUsable(square(50, 50, 30_000), size)).toBe(true);
    // The whole picture would be less than one of 1024 pixels.
    expect(isUsable(square(50, 50, 200_000), size)).toBe(false);
    expect(isUsable(square(50, 50, 1e30), size)).toBe(false);
  });

  it('is compared with others as the upright box around its middle', () => {
    expect(boxOf(square(50, 60, 20, 1))).toEqual({ left: 40, right: 60, top: 50, bottom: 70 });
  });
});
