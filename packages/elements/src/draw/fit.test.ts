import { describe, expect, it } from 'vitest';
import { type Fit, fitPicture, toPicture, toView, type Viewport } from './fit.ts';

const viewport = (fit: Fit, mirror = false): Viewport => ({ width: 400, height: 300, fit, mirror });

describe('fitting a picture into a view', () => {
  it('contains a wide picture whole, with empty bands above and below', () => {
    // 1600×900 into 400×300: scale 1/4, shown 400×225, bands of (300 − 225) / 2 = 37.5.
    const transform = fitPicture({ width: 1600, height: 900 }, viewport('contain'));
    expect(toView(transform, { x: 0, y: 0 })).toEqual({ x: 0, y: 37.5 });
    expect(toView(transform, { x: 1, y: 1 })).toEqual({ x: 400, y: 262.5 });
  });

  it('contains a tall picture whole, with empty bands left and right', () => {
    // 300×600 into 400×300: scale 1/2, shown 150×300, bands of 125.
    const transform = fitPicture({ width: 300, height: 600 }, viewport('contain'));
    expect(toView(transform, { x: 0, y: 0 })).toEqual({ x: 125, y: 0 });
    expect(toView(transform, { x: 0.5, y: 0.5 })).toEqual({ x: 200, y: 150 });
  });

  it('covers the whole view and cuts equally on both sides', () => {
    // 1600×900 into 400×300: scale 1/3, shown 533⅓×300, 66⅔ cut off on either side.
    const transform = fitPicture({ width: 1600, height: 900 }, viewport('cover'));
    expect(toView(transform, { x: 0, y: 0 }).x).toBeCloseTo(-200 / 3, 9);
    expect(toView(transform, { x: 1, y: 1 }).x).toBeCloseTo(400 + 200 / 3, 9);
    expect(toView(transform, { x: 1, y: 1 }).y).toBeCloseTo(300, 9);
  });

  it('crops at one picture pixel per view pixel, centred', () => {
    const large = fitPicture({ width: 1000, height: 500 }, viewport('crop'));
    expect(toView(large, { x: 0, y: 0 })).toEqual({ x: -300, y: -100 });
    const small = fitPicture({ width: 200, height: 100 }, viewport('crop'));
    expect(toView(small, { x: 0, y: 0 })).toEqual({ x: 100, y: 100 });
    expect(toView(small, { x: 1, y: 1 })).toEqual({ x: 300, y: 200 });
  });

  it('exchanges left and right about the middle of the view when mirrored', () => {
    for (const fit of ['contain', 'cover', 'crop'] as const) {
      const plain = toView(fitPicture({ width: 640, height: 360 }, viewport(fit)), { x: 0.2, y: 0.7 });
      const mirrored = toView(fitPicture({ width: 640, height: 360 }, viewport(fit, true)), {
        x: 0.2,
        y: 0.7,
      });
      expect(mirrored.x).toBeCloseTo(400 - plain.x, 9);
      expect(mirrored.y).toBeCloseTo(plain.y, 9);
    }
  });

  it('finds the picture point under a view pixel again', () => {
    for (const fit of ['contain', 'cover', 'crop'] as const) {
      for (const mirror of [false, true]) {
        const transform = fitPicture({ width: 384, height: 496 }, viewport(fit, mirror));
        const back = toPicture(transform, toView(transform, { x: 0.31, y: 1.2 }));
        expect(back.x).toBeCloseTo(0.31, 9);
        expect(back.y).toBeCloseTo(1.2, 9);
      }
    }
  });

  it('stretches a picture without a size over the view rather than dividing by nothing', () => {
    const transform = fitPicture({ width: 0, height: 0 }, viewport('contain'));
    expect(toView(transform, { x: 1, y: 1 })).toEqual({ x: 400, y: 300 });
  });
});
