import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { OverlayModule, OverlayMoment } from '../api/index.ts';
import { testOverlayPart } from './test-overlay-part.ts';

const manifest = {
  name: 'parts-under-test',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'try',
    overlay: './overlay.js',
    contributes: {
      overlayWidgets: [
        {
          id: 'try.box',
          title: 'Box',
          size: { width: 40, height: 20 },
          settings: {
            color: { type: 'string', format: 'color', title: 'Colour', default: '#0000ff' },
            size: { type: 'integer', title: 'Size', minimum: 1, maximum: 9, default: 3 },
          },
        },
        { id: 'try.lost', title: 'Lost', size: { width: 40, height: 20 } },
      ],
    },
  },
};

function moduleOf(seen: OverlayMoment[] = [], chances: number[] = []): OverlayModule {
  return {
    activateOverlay: ({ widgets }) => {
      widgets.register('try.box', {
        create: ({ createCanvas: make, random }) => {
          chances.push(random());
          const beside = make(4, 4);
          return {
            paint: (canvas, moment) => {
              seen.push(moment);
              canvas.fillStyle = String(moment.settings.color);
              canvas.fillRect(0, 0, moment.size.width / 2, beside.height);
            },
          };
        },
      });
    },
  };
}

const common = { manifest, id: 'try.box', createCanvas };

describe('testOverlayPart', () => {
  it('paints on the canvas that it is given, in stage pixels', async () => {
    const canvas = createCanvas(1, 1);
    const test = await testOverlayPart({ ...common, module: moduleOf(), canvas, pixelRatio: 2 });
    test.paint();
    expect([canvas.width, canvas.height]).toEqual([80, 40]);
    const colorAt = (x: number, y: number) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data];
    expect(colorAt(39, 7)).toEqual([0, 0, 255, 255]);
    expect(colorAt(40, 7)).toEqual([0, 0, 0, 0]);
    expect(colorAt(39, 8)).toEqual([0, 0, 0, 0]);
    test.dispose();
  });

  it('tells complete settings, and of a moment what the test says of it', async () => {
    const seen: OverlayMoment[] = [];
    const module = moduleOf(seen);
    const canvas = createCanvas(1, 1);
    const test = await testOverlayPart({ ...common, module, canvas, settings: { size: 9 } });
    test.paint({ now: 40, calm: true });
    expect(seen[0]).toMatchObject({
      now: 40,
      calm: true,
      live: true,
      settings: { color: '#0000ff', size: 9 },
    });
  });

  it('gives the same chance to every test that asks for no other', async () => {
    const chances: number[] = [];
    for (const seed of [undefined, undefined, 2]) {
      const canvas = createCanvas(1, 1);
      const options = { ...common, canvas, module: moduleOf([], chances) };
      await testOverlayPart(seed === undefined ? options : { ...options, seed });
    }
    expect(chances[1]).toBe(chances[0]);
    expect(chances[2]).not.toBe(chances[0]);
  });

  it.each([
    ['a part that is not declared', { id: 'try.nobody' }, 'MANIFEST_INVALID'],
    ['a part that is not registered', { id: 'try.lost' }, 'MANIFEST_INVALID'],
    ['a faulty manifest', { manifest: {} }, 'MANIFEST_INVALID'],
    ['a setting that is not declared', { settings: { colour: '#ffffff' } }, 'SETTING_INVALID'],
    ['a value that is not allowed', { settings: { size: 10 } }, 'SETTING_INVALID'],
    ['a module that is none', { module: {} as OverlayModule }, 'OPTION_INVALID'],
  ])('refuses %s', async (_what, change, code) => {
    const options = { ...common, module: moduleOf(), canvas: createCanvas(1, 1), ...change };
    await expect(testOverlayPart(options)).rejects.toMatchObject({ code });
  });
});
