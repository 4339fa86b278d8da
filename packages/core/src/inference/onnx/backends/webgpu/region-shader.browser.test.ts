import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RawImage } from '../../../../capture/index.ts';
import type { NetworkInput, Region } from '../../network.ts';
import { cropRegion } from '../../pixels/crop.ts';
import { GraphicsDevice } from './graphics-device.ts';
import { readValues } from './read-back.test-support.ts';
import { RegionShader } from './region-shader.ts';
import { PictureTextures } from './texture-picture.ts';

/** By how much float32 may be off for a value from 0 to 1 that is a whole number of 255ths. */
const EXACT = 1e-6;

/**
 * How many values may be others than on the CPU: those of two samples in the middle between two steps of 1/32 pixel,
 * which float32 may round to the other step. There was none in the 700,000 values that were looked at.
 */
const MAY_DIFFER = 6;

let graphics: GraphicsDevice;
let shader: RegionShader;
let textures: PictureTextures;

beforeAll(async () => {
  graphics = await GraphicsDevice.request();
  shader = await RegionShader.compile(graphics.device);
  textures = new PictureTextures(graphics.device);
});

afterAll(() => graphics.destroy());

const INPUT: NetworkInput = { name: 'image', width: 8, height: 8, range: [0, 1], border: 'black' };

/** A picture of noise, the same for the same seed: every sample that is off shows. */
function noise(width: number, height: number, seed: number): RawImage {
  let state = seed;
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < data.length; i += 1) {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> 24;
  }
  return new RawImage(data, width, height);
}

async function sample(image: RawImage, input: NetworkInput, region: Region): Promise<Float32Array> {
  const picture = textures.upload(image);
  const target = shader.input(input);
  target.fill(picture.texture, region);
  const values = await readValues(graphics.device, target.values);
  target.release();
  picture.release();
  graphics.check();
  // The memory may be larger than the values.
  return values.subarray(0, 3 * input.width * input.height);
}

function sampleOnCpu(image: RawImage, input: NetworkInput, region: Region): Float32Array {
  const { width, height, data = new Uint8Array() } = image;
  const values = new Float32Array(3 * input.width * input.height);
  cropRegion({ width, height, data, release: () => undefined }, region, input, values);
  return values;
}

function expectSame(found: Float32Array, expected: Float32Array): void {
  expect(found).toHaveLength(expected.length);
  const off = found.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN)));
  expect(off.filter((difference) => !(difference < EXACT)).length).toBeLessThanOrEqual(MAY_DIFFER);
  // One step to a side between black and white is 8 of 255, one to a side and one up twice that.
  expect(off.reduce((worst, value) => Math.max(worst, value), 0)).toBeLessThan(17 / 255);
}

/** The red plane's values, which are whole numbers when the range is [0, 255], row by row. */
function reds(values: Float32Array, columns: number): number[][] {
  const plane = [...values.subarray(0, values.length / 3)].map((value) => Math.round(value * 100) / 100);
  return Array.from({ length: plane.length / columns }, (_, row) =>
    plane.slice(row * columns, (row + 1) * columns),
  );
}

/** 3 × 2 pixels, red 10 … 60, green 100 more, blue 150 more. */
const SMALL = new RawImage(
  new Uint8Array([10, 20, 30, 40, 50, 60].flatMap((red) => [red, red + 100, red + 150, 255])),
  3,
  2,
);

describe('the region shader', () => {
  test('gives the pixels themselves for a region of their size, as planes', async () => {
    const input = { ...INPUT, width: 3, height: 2, range: [0, 255] } as const;
    const values = await sample(SMALL, input, { x: 1.5, y: 1, width: 3, height: 2, angle: 0 });
    const red = [10, 20, 30, 40, 50, 60];
    const planes = [...red, ...red.map((value) => value + 100), ...red.map((value) => value + 150)];
    planes.forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 3);
    });
  });

  test('turns a region clockwise as seen on the screen', async () => {
    // A square about the middle of 2 × 2 pixels, turned by a quarter: its upper edge lies on the right. Values lie on
    // its corners and half way: at (2, 0), then one pixel down in the picture for each step to the right.
    const square = new RawImage(new Uint8Array([10, 20, 40, 50].flatMap((red) => [red, 0, 0, 255])), 2, 2);
    const input = { ...INPUT, width: 2, height: 2, range: [0, 255], border: 'replicate' } as const;
    const values = await sample(square, input, { x: 1, y: 1, width: 2, height: 2, angle: Math.PI / 2 });
    // (2, 0) (2, 1) / (1, 0) (1, 1), where column 2 replicates column 1.
    expect(reds(values, 2)).toEqual([
      [20, 50],
      [20, 50],
    ]);
  });

  test('blends four pixels', async () => {
    const input = { ...INPUT, width: 1, height: 1, range: [0, 255] } as const;
    // A region of 1 × 1 whose corner lies at (0.25, 0.5): 10 · ¾ + 20 · ¼ above, 40 · ¾ + 50 · ¼ below, half of each:
    // 27.5, rounded to a byte.
    const values = await sample(SMALL, input, { x: 0.75, y: 1, width: 1, height: 1, angle: 0 });
    expect(reds(values, 1)).toEqual([[28]]);
  });

  test('sees black or the outermost pixels beyond the picture', async () => {
    const around: Region = { x: 1.5, y: 1, width: 5, height: 4, angle: 0 };
    const input = { ...INPUT, width: 5, height: 4, range: [0, 255] } as const;
    expect(reds(await sample(SMALL, input, around), 5)).toEqual([
      [0, 0, 0, 0, 0],
      [0, 10, 20, 30, 0],
      [0, 40, 50, 60, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(reds(await sample(SMALL, { ...input, border: 'replicate' }, around), 5)).toEqual([
      [10, 10, 20, 30, 30],
      [10, 10, 20, 30, 30],
      [40, 40, 50, 60, 60],
      [40, 40, 50, 60, 60],
    ]);
  });

  test('brings 0 and 255 to the ends of the range', async () => {
    const image = new RawImage(new Uint8Array([0, 255, 51, 255]), 1, 1);
    const input = { ...INPUT, width: 1, height: 1, range: [-1, 1] } as const;
    const [red, green, blue] = await sample(image, input, { x: 0.5, y: 0.5, width: 1, height: 1, angle: 0 });
    expect(red).toBeCloseTo(-1, 6);
    expect(green).toBeCloseTo(1, 6);
    expect(blue).toBeCloseTo(-0.6, 6); // 51 is a fifth of 255
  });

  test('samples as the CPU does, wherever the region lies and whatever sizes there are', async () => {
    const size = fc.integer({ min: 1, max: 200 });
    const place = fc.double({ min: -100, max: 300, noNaN: true });
    const extent = fc.double({ min: 0.01, max: 600, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.record({ width: size, height: size, seed: fc.integer({ min: 1, max: 1e9 }) }),
        fc.record({
          x: place,
          y: place,
          width: extent,
          height: extent,
          angle: fc.double({ min: -7, max: 7, noNaN: true }),
        }),
        fc.record({
          name: fc.constant('image'),
          width: fc.integer({ min: 1, max: 70 }),
          height: fc.integer({ min: 1, max: 70 }),
          range: fc.constant([0, 1] as const),
          border: fc.constantFrom('black' as const, 'replicate' as const),
        }),
        async ({ width, height, seed }, region, input) => {
          const image = noise(width, height, seed);
          expectSame(await sample(image, input, region), sampleOnCpu(image, input, region));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('samples a frame of a camera as the CPU does', async () => {
    const image = noise(1280, 720, 1);
    const input: NetworkInput = {
      name: 'image',
      width: 256,
      height: 256,
      range: [0, 1],
      border: 'replicate',
    };
    const region = { x: 1000, y: 400, width: 700, height: 700, angle: 0.4 };
    expectSame(await sample(image, input, region), sampleOnCpu(image, input, region));
  });
});
