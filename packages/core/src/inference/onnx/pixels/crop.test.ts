import { Buffer } from 'node:buffer';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkInput, Region } from '../network.ts';
import { cropRegion } from './crop.ts';
import type { PixelPicture } from './pixel-picture.ts';

type Colour = readonly [red: number, green: number, blue: number];

function picture(width: number, height: number, colour: (x: number, y: number) => Colour): PixelPicture {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set([...colour(x, y), 255], (y * width + x) * 4);
  }
  return { width, height, data, release: () => undefined };
}

/** An input whose values are the bytes themselves. */
function bytesInput(width: number, height: number, border: NetworkInput['border']): NetworkInput {
  return { name: 'image', width, height, range: [0, 255], border };
}

/** The three planes, row by row, rounded: single precision may be off in the fifth decimal. */
function planes(source: PixelPicture, region: Region, input: NetworkInput): number[][] {
  const values = new Float32Array(3 * input.width * input.height).fill(Number.NaN);
  cropRegion(source, region, input, values);
  const length = input.width * input.height;
  return [0, 1, 2].map((plane) =>
    Array.from(
      values.subarray(plane * length, (plane + 1) * length),
      (value) => Math.round(value * 1000) / 1000,
    ),
  );
}

function upright(left: number, top: number, width: number, height: number): Region {
  return { x: left + width / 2, y: top + height / 2, width, height, angle: 0 };
}

/** Nine colours that tell every pixel and every channel from all others. */
const NINE = picture(3, 3, (x, y) => [y * 3 + x + 1, 100 + y * 3 + x + 1, 200 + y * 3 + x + 1]);

describe('a region of a picture, as a network is shown it', () => {
  it('is the picture itself, colour by colour, where it is cut out whole', () => {
    expect(planes(NINE, upright(0, 0, 3, 3), bytesInput(3, 3, 'black'))).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [101, 102, 103, 104, 105, 106, 107, 108, 109],
      [201, 202, 203, 204, 205, 206, 207, 208, 209],
    ]);
  });

  it('is black beyond the picture, or the outermost pixels again', () => {
    const region = upright(-1, 1, 3, 3);
    expect(planes(NINE, region, bytesInput(3, 3, 'black'))[0]).toEqual([0, 4, 5, 0, 7, 8, 0, 0, 0]);
    expect(planes(NINE, region, bytesInput(3, 3, 'replicate'))[0]).toEqual([4, 4, 5, 7, 7, 8, 7, 7, 8]);
    expect(planes(NINE, upright(90, -70, 3, 3), bytesInput(2, 2, 'replicate'))[0]).toEqual([3, 3, 3, 3]);
    expect(planes(NINE, upright(90, -70, 3, 3), bytesInput(2, 2, 'black'))[0]).toEqual([0, 0, 0, 0]);
  });

  it('is turned back upright: what was turned clockwise by a quarter reads from its upper right corner down', () => {
    // The region's upper left corner is the picture's upper right one, at x = 3, one beyond the last pixel.
    const region: Region = { x: 1.5, y: 1.5, width: 3, height: 3, angle: Math.PI / 2 };
    expect(planes(NINE, region, bytesInput(3, 3, 'replicate'))[0]).toEqual([3, 6, 9, 3, 6, 9, 2, 5, 8]);
  });

  it('is interpolated between four pixels', () => {
    const corners = picture(2, 2, (x, y) => [[10, 20][x] as number, [100, 200][y] as number, x * y * 160]);
    // A quarter to the right, half down: 10 + 10/4 = 12.5, rounded up; 150; 160/4/2 = 20.
    expect(planes(corners, upright(0.25, 0.5, 1, 1), bytesInput(1, 1, 'replicate'))).toEqual([
      [13],
      [150],
      [20],
    ]);
  });

  it('has the values of the range that the network was trained on', () => {
    const source = picture(1, 1, () => [0, 255, 51]);
    const values = new Float32Array(3);
    cropRegion(source, upright(0, 0, 1, 1), { ...bytesInput(1, 1, 'black'), range: [-1, 1] }, values);
    expect([...values].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([-1, 1, -0.6]);
  });

  it('is the same from bytes that do not begin at a multiple of four', () => {
    const shifted = new Uint8Array(NINE.data.length + 1);
    shifted.set(NINE.data, 1);
    const source = { ...NINE, data: shifted.subarray(1) };
    const region = upright(0.3, 0.2, 2, 2);
    const input = bytesInput(4, 4, 'replicate');
    expect(planes(source, region, input)).toEqual(planes(NINE, region, input));
  });

  it('is the same from a Buffer of Node, wherever in its memory it begins', () => {
    // Other than a byte array's, its `slice` copies nothing.
    const shifted = Buffer.alloc(NINE.data.length + 1);
    shifted.set(NINE.data, 1);
    const source = { ...NINE, data: shifted.subarray(1) };
    const region = upright(0.3, 0.2, 2, 2);
    const input = bytesInput(4, 4, 'replicate');
    expect(source.data.byteOffset % 4).not.toBe(0);
    expect(planes(source, region, input)).toEqual(planes(NINE, region, input));
  });

  it('is what a canvas draws, whose pixels lie half a pixel further in', () => {
    const source = picture(24, 16, (x, y) => [(x * 37 + y * 91) % 256, (x * x * 3) % 256, (y * 53) % 256]);
    const canvas = createCanvas(24, 16);
    canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(source.data), 24, 16), 0, 0);
    const doubled = createCanvas(48, 32);
    const context = doubled.getContext('2d');
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'low';
    context.drawImage(canvas, 0, 0, 48, 32);
    const drawn = context.getImageData(0, 0, 48, 32).data;
    // The canvas' pixel i has its middle at (i + ½)/2 of the picture, where pixel 0 has its own at ½.
    const [red, green, blue] = planes(source, upright(-0.25, -0.25, 24, 16), bytesInput(48, 32, 'replicate'));
    for (let i = 0; i < 48 * 32; i += 1) {
      expect(Math.abs((red?.[i] ?? 0) - (drawn[i * 4] ?? 0)), `red of ${i}`).toBeLessThanOrEqual(1);
      expect(Math.abs((green?.[i] ?? 0) - (drawn[i * 4 + 1] ?? 0)), `green of ${i}`).toBeLessThanOrEqual(1);
      expect(Math.abs((blue?.[i] ?? 0) - (drawn[i * 4 + 2] ?? 0)), `blue of ${i}`).toBeLessThanOrEqual(1);
    }
  });

  it('is right for every place, size and angle: a slope of colours stays the slope it was', () => {
    // Bilinear interpolation of a slope is the slope: what is sampled tells where it was sampled.
    const slope = picture(120, 120, (x, y) => [x * 2, y * 2, x + y]);
    const input = bytesInput(7, 5, 'black');
    const inside = fc.double({ min: 45, max: 75, noNaN: true });
    const side = fc.double({ min: 0.1, max: 60, noNaN: true });
    const turn = fc.double({ min: -7, max: 7, noNaN: true });
    fc.assert(
      fc.property(inside, inside, side, side, turn, (x, y, width, height, angle) => {
        const [red, green, blue] = planes(slope, { x, y, width, height, angle }, input);
        for (let row = 0; row < 5; row += 1) {
          for (let column = 0; column < 7; column += 1) {
            const right = (column / 7 - 0.5) * width;
            const down = (row / 5 - 0.5) * height;
            const placeX = x + right * Math.cos(angle) - down * Math.sin(angle);
            const placeY = y + right * Math.sin(angle) + down * Math.cos(angle);
            // A byte is rounded by ½ at most, a place by 1/64.
            const at = row * 7 + column;
            expect(Math.abs((red?.[at] ?? Number.NaN) - placeX * 2)).toBeLessThan(0.5 + 2 / 64 + 1e-6);
            expect(Math.abs((green?.[at] ?? Number.NaN) - placeY * 2)).toBeLessThan(0.5 + 2 / 64 + 1e-6);
            expect(Math.abs((blue?.[at] ?? Number.NaN) - placeX - placeY)).toBeLessThan(0.5 + 2 / 64 + 1e-6);
          }
        }
      }),
    );
  });

  it('has every value filled in, from the smallest picture on and wherever the region lies', () => {
    const size = fc.integer({ min: 1, max: 9 });
    const place = fc.double({ min: -30, max: 30, noNaN: true });
    const side = fc.double({ min: 0.01, max: 50, noNaN: true });
    const turn = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(
        size,
        size,
        fc.tuple(place, place, side, side, turn),
        fc.constantFrom('black' as const, 'replicate' as const),
        (columns, rows, [x, y, width, height, angle], border) => {
          const white = picture(columns, rows, () => [255, 255, 255]);
          const all = planes(white, { x, y, width, height, angle }, bytesInput(5, 3, border)).flat();
          if (border === 'replicate') expect(new Set(all)).toEqual(new Set([255]));
          else expect(all.every((value) => value >= 0 && value <= 255)).toBe(true);
        },
      ),
    );
  });
});
