import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedRectangle, RESIZE_HANDLES, resizedRectangle } from './placing.ts';
import type { StageRectangle } from './stage.ts';
import { SEED } from './stage-arbitraries.test-data.ts';

const CANVAS = { width: 1920, height: 1080 };
const PLACE = { x: 100, y: 200, width: 300, height: 150 };

const by = fc.integer({ min: -4000, max: 4000 });
/** Rectangles of which enough lies on the canvas. */
const placed = fc
  .record({
    x: fc.integer({ min: -300, max: 1800 }),
    y: fc.integer({ min: -300, max: 1000 }),
    width: fc.integer({ min: 1, max: 2400 }),
    height: fc.integer({ min: 1, max: 2400 }),
  })
  .filter((place) => isInSight(place));

/** How much of a rectangle lies on the canvas, across and down. */
function shown({ x, y, width, height }: StageRectangle): readonly number[] {
  return [
    Math.min(x + width, CANVAS.width) - Math.max(x, 0),
    Math.min(y + height, CANVAS.height) - Math.max(y, 0),
  ];
}

function isInSight(place: StageRectangle): boolean {
  const [across = 0, down = 0] = shown(place);
  return across >= Math.min(32, place.width) && down >= Math.min(32, place.height);
}

const right = ({ x, width }: { x: number; width: number }) => x + width;
const bottom = ({ y, height }: { y: number; height: number }) => y + height;

describe('moving a rectangle', () => {
  it('moves it by whole pixels', () => {
    expect(movedRectangle(PLACE, 10.4, -20.6, CANVAS)).toEqual({ ...PLACE, x: 110, y: 179 });
  });

  it('leaves 32 pixels of it on the canvas', () => {
    expect(movedRectangle(PLACE, -9999, -9999, CANVAS)).toEqual({ ...PLACE, x: -268, y: -118 });
    expect(movedRectangle(PLACE, 9999, 9999, CANVAS)).toEqual({ ...PLACE, x: 1888, y: 1048 });
  });

  it('leaves all of something smaller on it', () => {
    const dot = { x: 5, y: 5, width: 20, height: 10 };
    expect(movedRectangle(dot, -99, 9999, CANVAS)).toEqual({ ...dot, x: 0, y: 1070 });
  });

  it('keeps size and sight, wherever it goes', () => {
    fc.assert(
      fc.property(placed, by, by, (place, dx, dy) => {
        const moved = movedRectangle(place, dx, dy, CANVAS);
        expect([moved.width, moved.height]).toEqual([place.width, place.height]);
        expect(isInSight(moved)).toBe(true);
        if (isInSight({ ...place, x: place.x + dx, y: place.y + dy })) {
          expect(moved).toMatchObject({ x: place.x + dx, y: place.y + dy });
        }
      }),
      { seed: SEED },
    );
  });
});

describe('resizing a rectangle', () => {
  it.each([
    ['e', { ...PLACE, width: 340 }],
    ['w', { ...PLACE, x: 140, width: 260 }],
    ['s', { ...PLACE, height: 180 }],
    ['n', { ...PLACE, y: 230, height: 120 }],
    ['se', { ...PLACE, width: 340, height: 180 }],
    ['nw', { x: 140, y: 230, width: 260, height: 120 }],
    ['ne', { ...PLACE, y: 230, width: 340, height: 120 }],
    ['sw', { ...PLACE, x: 140, width: 260, height: 180 }],
  ] as const)('takes only what follows the handle %s along', (handle, expected) => {
    expect(resizedRectangle(PLACE, handle, 40, 30, CANVAS)).toEqual(expected);
  });

  it('stops at 16 pixels, from either side', () => {
    expect(resizedRectangle(PLACE, 'se', -999, -999, CANVAS)).toEqual({ ...PLACE, width: 16, height: 16 });
    expect(resizedRectangle(PLACE, 'nw', 999, 999, CANVAS)).toEqual({
      x: 384,
      y: 334,
      width: 16,
      height: 16,
    });
  });

  it.each([
    // Of 40 and 10 pixels, 40 is the farther of a width of 300: 13 %; of the height it takes along, 20.
    ['se', 40, 10, { ...PLACE, width: 340, height: 170 }],
    ['nw', 10, -75, { x: -50, y: 125, width: 450, height: 225 }],
    // An edge takes its neighbours along on both sides.
    ['e', 100, 0, { x: 100, y: 175, width: 400, height: 200 }],
    ['n', 0, -75, { x: 25, y: 125, width: 450, height: 225 }],
    // 16 pixels of height, and twice as many of width.
    ['se', -999, -999, { ...PLACE, width: 32, height: 16 }],
  ] as const)('keeps the proportions when asked to, by the handle %s', (handle, dx, dy, expected) => {
    expect(resizedRectangle(PLACE, handle, dx, dy, CANVAS, true)).toEqual(expected);
  });

  it('leaves what lies partly beside the canvas within reach', () => {
    const beside = { x: -200, y: 200, width: 300, height: 150 };
    expect(resizedRectangle(beside, 'e', -290, 0, CANVAS)).toEqual({ ...beside, width: 232 });
    expect(resizedRectangle(beside, 'e', -290, 0, CANVAS, true)).toEqual(beside);
    const other = { ...beside, x: 1800 };
    expect(resizedRectangle(other, 'w', 290, 0, CANVAS)).toEqual({ ...beside, x: 1888, width: 212 });
  });

  it('never moves the edge across, nor anything out of sight, nor any side below 16 pixels', () => {
    fc.assert(
      fc.property(
        placed,
        fc.constantFrom(...RESIZE_HANDLES),
        by,
        by,
        fc.boolean(),
        (place, handle, dx, dy, ratio) => {
          const resized = resizedRectangle(place, handle, dx, dy, CANVAS, ratio);
          if (handle.includes('e')) expect(resized.x).toBe(place.x);
          if (handle.includes('w')) expect(right(resized)).toBeCloseTo(right(place), 6);
          if (handle.includes('s')) expect(resized.y).toBe(place.y);
          if (handle.includes('n')) expect(bottom(resized)).toBeCloseTo(bottom(place), 6);
          expect(resized.width).toBeGreaterThanOrEqual(Math.min(16, place.width));
          expect(resized.height).toBeGreaterThanOrEqual(Math.min(16, place.height));
          for (const [axis, seen] of shown(resized).entries()) {
            expect(seen).toBeGreaterThanOrEqual(Math.min(16, shown(place)[axis] ?? 0));
          }
          if (ratio && resized.width > 64 && resized.height > 64) {
            const before = place.width / place.height;
            // Half a pixel of rounding on either side.
            expect(Math.abs(resized.width - before * resized.height)).toBeLessThanOrEqual(
              0.5 + before / 2 + 1e-6,
            );
          }
        },
      ),
      { numRuns: 500, seed: SEED },
    );
  });
});
