import { type Canvas, createCanvas, Path2D } from '@napi-rs/canvas';
import { testOverlayPart } from '@pose-coach/core/extension-testing';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as module from './overlay.ts';

/** Node has no paths of its own. */
beforeAll(() => void Object.assign(globalThis, { Path2D }));

/** Half a second from one beat to the next. */
const beat = { tempo: 120, at: 1000 };

async function heart(settings: Record<string, string | number | boolean> = {}) {
  const canvas = createCanvas(1, 1);
  const test = await testOverlayPart({ manifest, module, id: 'heart.beat', canvas, settings });
  return { canvas, test };
}

/** How many pixels are painted at all. */
function painted(canvas: Canvas): number {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, index) => index % 4 === 3 && value > 0).length;
}

describe('the heart', () => {
  it('has its colour in the middle', async () => {
    const { canvas, test } = await heart({ color: '#00ff00', tempo: false });
    test.paint();
    expect([canvas.width, canvas.height]).toEqual([240, 240]);
    expect([...canvas.getContext('2d').getImageData(120, 120, 1, 1).data]).toEqual([0, 255, 0, 255]);
    expect([...canvas.getContext('2d').getImageData(2, 237, 1, 1).data]).toEqual([0, 0, 0, 0]);
  });

  it('is largest on the beat and smallest just before it, and never cut off', async () => {
    const { canvas, test } = await heart({ tempo: false, swell: 40 });
    const sizes = [1000, 1100, 1499, 1500].map((now) => {
      test.paint({ now, beat });
      return painted(canvas);
    });
    const [onBeat = 0, after = 0, before = 0, next = 0] = sizes;
    expect(onBeat).toBeGreaterThan(after);
    expect(after).toBeGreaterThan(before);
    expect(next).toBe(onBeat);
    const edge = canvas.getContext('2d').getImageData(0, 0, 240, 1).data;
    expect(edge.every((value) => value === 0)).toBe(true);
  });

  it('keeps still for whoever wants less motion, and where no beat is known', async () => {
    const { canvas, test } = await heart({ tempo: false });
    test.paint({ now: 1000, beat, calm: true });
    const calm = painted(canvas);
    test.paint({ now: 1000 });
    expect(painted(canvas)).toBe(calm);
    test.paint({ now: 1000, beat });
    expect(painted(canvas)).toBeGreaterThan(calm);
  });
});
