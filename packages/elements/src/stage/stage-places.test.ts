import type { SkeletonItem } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { placeStage } from './placement.ts';
import { skeletonPlace } from './skeleton-place.ts';

const item: SkeletonItem = {
  kind: 'skeleton',
  id: 'people',
  x: 100,
  y: 50,
  width: 1600,
  height: 900,
  visible: true,
  fit: 'contain',
  mirror: false,
  trails: ['leftWrist'],
  highlight: true,
};

describe('a stage on a page', () => {
  it.each([
    // Half as large: 960 × 540, nothing around it.
    [
      { width: 1920, height: 1080 },
      { width: 960, height: 540 },
      { x: 0, y: 0, scale: 0.5 },
    ],
    // 1080 × 1920 in 1920 × 1080: 607.5 wide, in the middle.
    [
      { width: 1080, height: 1920 },
      { width: 1920, height: 1080 },
      { x: 656.25, y: 0, scale: 0.5625 },
    ],
    // 1920 × 1080 in 1000 × 1000: 562.5 high, in the middle.
    [
      { width: 1920, height: 1080 },
      { width: 1000, height: 1000 },
      { x: 0, y: 218.75, scale: 1000 / 1920 },
    ],
  ])('of %o on %o lies at %o', (canvas, page, placement) => {
    const placed = placeStage(canvas, page);
    expect(placed.x).toBeCloseTo(placement.x, 9);
    expect(placed.y).toBeCloseTo(placement.y, 9);
    expect(placed.scale).toBeCloseTo(placement.scale, 12);
  });
});

describe('the camera’s picture in a skeleton item', () => {
  it.each([
    // 640 × 480 in 1600 × 900: 1200 × 900, with 200 at each side.
    ['contain', { x: 200, y: 0, width: 1200, height: 900 }],
    // 1600 × 1200, with 150 cut off above and below.
    ['cover', { x: 0, y: -150, width: 1600, height: 1200 }],
    ['crop', { x: 480, y: 210, width: 640, height: 480 }],
  ] as const)('lies with %s where arithmetic puts it', (fit, rectangle) => {
    const place = skeletonPlace({ ...item, fit }, { width: 640, height: 480 }, []);
    expect(place).toMatchObject({ ...rectangle, mirror: false });
    expect(skeletonPlace({ ...item, fit, mirror: true }, { width: 640, height: 480 }, [])).toMatchObject({
      ...rectangle,
      mirror: true,
    });
  });

  it('fills the item while there is no picture', () => {
    expect(skeletonPlace(item, undefined, [])).toMatchObject({ x: 0, y: 0, width: 1600, height: 900 });
  });

  it('names trails and highlights by their places in a pose, highlights only where they are wanted', () => {
    expect(skeletonPlace(item, undefined, [13])).toMatchObject({ trails: [15], highlights: [13] });
    expect(skeletonPlace({ ...item, highlight: false }, undefined, [13]).highlights).toEqual([]);
  });
});
