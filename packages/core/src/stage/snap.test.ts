import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESIZE_HANDLES } from './placing.ts';
import { snap } from './snap.ts';
import { SEED } from './stage-arbitraries.test-data.ts';

const CANVAS = { width: 1920, height: 1080 };
const OTHER = { x: 1000, y: 600, width: 200, height: 100 };

const rectangle = fc.record({
  x: fc.integer({ min: -200, max: 1900 }),
  y: fc.integer({ min: -200, max: 1000 }),
  width: fc.integer({ min: 16, max: 800 }),
  height: fc.integer({ min: 16, max: 800 }),
});

describe('snapping', () => {
  it('draws edges to the safe margins: a twentieth of the canvas', () => {
    const { rectangle: snapped, guides } = snap({ x: 91, y: 60, width: 300, height: 150 }, [], CANVAS, 8);
    expect(snapped).toEqual({ x: 96, y: 54, width: 300, height: 150 });
    expect(guides).toEqual([
      { axis: 'x', at: 96, of: 'margin' },
      { axis: 'y', at: 54, of: 'margin' },
    ]);
    const opposite = snap({ x: 1520, y: 872, width: 300, height: 150 }, [], CANVAS, 8);
    expect(opposite.rectangle).toEqual({ x: 1524, y: 876, width: 300, height: 150 });
  });

  it('draws edges to those of the canvas, and the middle to its middle', () => {
    expect(snap({ x: 3, y: -4, width: 300, height: 150 }, [], CANVAS, 8).rectangle).toMatchObject({
      x: 0,
      y: 0,
    });
    const middle = snap({ x: 807, y: 468, width: 301, height: 150 }, [], CANVAS, 8);
    expect(middle.rectangle).toEqual({ x: 809.5, y: 465, width: 301, height: 150 });
    expect(middle.guides).toEqual([
      { axis: 'x', at: 960, of: 'canvas' },
      { axis: 'y', at: 540, of: 'canvas' },
    ]);
  });

  it('draws edges to edges and middles to middles of other items, and no edge to a middle', () => {
    // Left edge to right edge; top edge to top edge.
    expect(snap({ x: 1205, y: 597, width: 50, height: 50 }, [OTHER], CANVAS, 8).rectangle).toMatchObject({
      x: 1200,
      y: 600,
    });
    // Middle at 1103 to the middle at 1100; the left edge at 1103 to nothing.
    expect(snap({ x: 1078, y: 200, width: 50, height: 50 }, [OTHER], CANVAS, 8).rectangle.x).toBe(1075);
    expect(snap({ x: 1103, y: 200, width: 50, height: 50 }, [OTHER], CANVAS, 8).guides).toEqual([]);
  });

  it('takes the nearest line, and shows every line that it comes to lie on', () => {
    const wide = { x: 100, y: 300, width: 400, height: 50 };
    const { rectangle: snapped, guides } = snap(
      { x: 103, y: 700, width: 400, height: 50 },
      [wide],
      CANVAS,
      8,
    );
    // Nearer to the item at 100 than to the margin at 96; both its edges and its middle agree.
    expect(snapped.x).toBe(100);
    expect(guides.map(({ axis, at }) => `${axis} ${at}`)).toEqual(['x 100', 'x 500', 'x 300']);
  });

  it('resizes only the edges that follow the handle', () => {
    const place = { x: 700, y: 500, width: 296, height: 103 };
    expect(snap(place, [OTHER], CANVAS, 8, 'e').rectangle).toEqual({ ...place, width: 300 });
    expect(snap(place, [OTHER], CANVAS, 8, 's').rectangle).toEqual({ ...place, height: 100 });
    expect(snap(place, [OTHER], CANVAS, 8, 'nw').rectangle).toEqual(place);
    expect(snap({ ...place, x: 1204 }, [OTHER], CANVAS, 8, 'w').rectangle).toEqual({
      ...place,
      x: 1200,
      width: 300,
    });
  });

  it('does not snap a side away', () => {
    const thin = { x: 980, y: 200, width: 17, height: 50 };
    expect(snap(thin, [{ ...OTHER, x: 990 }], CANVAS, 8, 'e').rectangle).toEqual(thin);
  });

  it('moves nothing farther than the tolerance, keeps what must stay, and finds the same again', () => {
    const handle = fc.constantFrom(undefined, ...RESIZE_HANDLES);
    fc.assert(
      fc.property(
        rectangle,
        fc.array(rectangle, { maxLength: 6 }),
        fc.integer({ min: 0, max: 20 }),
        handle,
        (place, others, tolerance, by) => {
          const { rectangle: snapped, guides } = snap(place, others, CANVAS, tolerance, by);
          const moved = (one: number, other: number) => Math.abs(one - other);
          expect(moved(snapped.x, place.x)).toBeLessThanOrEqual(tolerance);
          expect(moved(snapped.x + snapped.width, place.x + place.width)).toBeLessThanOrEqual(tolerance);
          expect(moved(snapped.y, place.y)).toBeLessThanOrEqual(tolerance);
          expect(moved(snapped.y + snapped.height, place.y + place.height)).toBeLessThanOrEqual(tolerance);
          if (by === undefined) expect(snapped).toMatchObject({ width: place.width, height: place.height });
          expect(Math.min(snapped.width, snapped.height)).toBeGreaterThanOrEqual(16);
          for (const { axis, at } of guides) {
            const start = snapped[axis];
            const length = axis === 'x' ? snapped.width : snapped.height;
            const distances = [start, start + length / 2, start + length].map((point) =>
              Math.abs(point - at),
            );
            expect(Math.min(...distances)).toBeLessThan(0.02);
          }
          expect(snap(snapped, others, CANVAS, tolerance, by).rectangle).toEqual(snapped);
        },
      ),
      { numRuns: 1000, seed: SEED },
    );
  });
});
