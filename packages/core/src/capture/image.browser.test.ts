import { describe, expect, it } from 'vitest';
import { type ImageSource, image } from './image.ts';
import { collect } from './testing/collect.ts';
import { colorOf } from './testing/painted-canvas.ts';

function green(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context) context.fillStyle = 'green';
  context?.fillRect(0, 0, width, height);
  return canvas;
}

const blob = (canvas: HTMLCanvasElement) =>
  new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made ?? new Blob()), 'image/jpeg'));

const sources: readonly [string, () => Promise<ImageSource>][] = [
  ['a canvas', async () => green(40, 30)],
  ['a file', () => blob(green(40, 30))],
  ['a bitmap', () => createImageBitmap(green(40, 30))],
  [
    'an element',
    async () => {
      const element = new Image();
      element.src = green(40, 30).toDataURL();
      return element;
    },
  ],
];

describe('image', () => {
  it.each(sources)('gives one frame of %s and completes', async (_name, make) => {
    const colors: string[] = [];
    const frames = await collect(image(await make()), undefined, (frame) =>
      colors.push(colorOf(frame.image)),
    );
    expect(frames).toEqual([expect.objectContaining({ width: 40, height: 30, timestamp: 0, skipped: 0 })]);
    expect(colors).toEqual(['green']);
  });

  it('leaves a bitmap to its owner, and gives each subscriber a copy', async () => {
    const bitmap = await createImageBitmap(green(40, 30));
    const [first] = await collect(image(bitmap));
    const [second] = await collect(image(bitmap));
    expect(bitmap.width).toBe(40);
    expect(first?.epoch).not.toBe(second?.epoch);
  });

  it('turns a photograph the way up that its EXIF data says', async () => {
    const jpeg = new Uint8Array(await (await blob(green(40, 30))).arrayBuffer());
    // After the start marker: APP1 "Exif", big-endian TIFF, one entry: orientation (0x0112), SHORT, 6 = a quarter turn.
    const exif = [
      [0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0, 0],
      [0x4d, 0x4d, 0x00, 0x2a, 0, 0, 0, 8, 0, 1],
      [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
    ].flat();
    const turned = new Blob([jpeg.slice(0, 2), new Uint8Array(exif), jpeg.slice(2)], { type: 'image/jpeg' });
    const [frame] = await collect(image(turned));
    expect(frame).toMatchObject({ width: 30, height: 40 });
  });

  it('says that what is no picture cannot be decoded', async () => {
    await expect(collect(image(new Blob(['words'])))).rejects.toMatchObject({ code: 'DECODE_FAILED' });
    const missing = new Image();
    missing.src = '/no-such-picture.png';
    await expect(collect(image(missing))).rejects.toMatchObject({ code: 'DECODE_FAILED' });
  });

  it('says that the page may not read a picture of another site', async () => {
    const foreign = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject/></svg>';
    const element = new Image();
    element.src = `data:image/svg+xml,${encodeURIComponent(foreign)}`;
    await expect(collect(image(element))).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
  });
});
