import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type FrameImage, RawImage } from '../../../../capture/index.ts';
import { GraphicsDevice } from './graphics-device.ts';
import { readPixels } from './read-back.test-support.ts';
import { PictureTextures } from './texture-picture.ts';

/** `GPUTextureUsage.COPY_SRC`: what reads a texture back, which only a test does. */
const COPY_SOURCE = 0x01;

/** The corners of the picture that all frames here show, from the top left row by row. */
const [RED, GREEN, BLUE, YELLOW] = [
  [200, 20, 20],
  [20, 200, 20],
  [20, 20, 200],
  [200, 200, 20],
] as const;

/** Colours that went through a frame's own format may be off by a step or two of 255. */
const STEPS = 2;

let graphics: GraphicsDevice;

beforeAll(async () => {
  graphics = await GraphicsDevice.request();
  const create = graphics.device.createTexture.bind(graphics.device);
  vi.spyOn(graphics.device, 'createTexture').mockImplementation((descriptor) =>
    create({ ...descriptor, usage: descriptor.usage | COPY_SOURCE }),
  );
});

afterAll(() => graphics.destroy());

/** 64 × 32 pixels, each quarter of another colour. */
function quarters(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(64, 32);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  [RED, GREEN, BLUE, YELLOW].forEach((colour, index) => {
    context.fillStyle = `rgb(${colour.join(' ')})`;
    context.fillRect((index % 2) * 32, index < 2 ? 0 : 16, 32, 16);
  });
  return canvas;
}

interface Turn {
  readonly rotation?: number;
  readonly flip?: boolean;
}

function frame(init: Omit<VideoFrameInit, 'timestamp'> & Turn = {}): VideoFrame {
  const made = new VideoFrame(quarters(), { timestamp: 0, ...init });
  onTestFinished(() => made.close());
  return made;
}

/** The size of an image's texture, and the colours in its corners row by row. */
async function look(image: FrameImage): Promise<{ size: number[]; corners: (number[] | undefined)[] }> {
  const picture = new PictureTextures(graphics.device).upload(image);
  const rows = await readPixels(graphics.device, picture.texture);
  picture.release();
  graphics.check();
  const corners = [rows.at(0), rows.at(-1)].flatMap((row) => [row?.at(0), row?.at(-1)]);
  expect([rows[0]?.length, rows.length]).toEqual([picture.width, picture.height]);
  return { size: [picture.width, picture.height], corners: corners.map((pixel) => pixel?.slice(0, 3)) };
}

async function expectPicture(
  image: FrameImage,
  size: readonly [width: number, height: number],
  corners: readonly (readonly number[])[],
): Promise<void> {
  const found = await look(image);
  expect(found.size).toEqual(size);
  corners.forEach((colour, corner) => {
    colour.forEach((value, channel) => {
      const off = Math.abs((found.corners[corner]?.[channel] ?? Number.NaN) - value);
      expect(off, `corner ${corner}: ${found.corners[corner]}`).toBeLessThanOrEqual(STEPS);
    });
  });
}

describe('a picture in graphics memory', () => {
  test('shows a bitmap', async () => {
    const bitmap = await createImageBitmap(quarters());
    await expectPicture(bitmap, [64, 32], [RED, GREEN, BLUE, YELLOW]);
  });

  test('shows a frame', async () => {
    await expectPicture(frame(), [64, 32], [RED, GREEN, BLUE, YELLOW]);
  });

  test('is upright', async () => {
    await expectPicture(frame({ rotation: 90 }), [32, 64], [BLUE, RED, YELLOW, GREEN]);
    await expectPicture(frame({ rotation: 180 }), [64, 32], [YELLOW, BLUE, GREEN, RED]);
    await expectPicture(frame({ flip: true }), [64, 32], [GREEN, RED, YELLOW, BLUE]);
  });

  test('has square pixels', async () => {
    const stretched = frame({ displayWidth: 32, displayHeight: 32 });
    await expectPicture(stretched, [32, 32], [RED, GREEN, BLUE, YELLOW]);
  });

  test('has what is visible of a frame only', async () => {
    const right = frame({ visibleRect: { x: 32, y: 0, width: 32, height: 32 } });
    await expectPicture(right, [32, 32], [GREEN, GREEN, YELLOW, YELLOW]);
  });

  test('has the colours that a canvas would draw of a decoded frame', async () => {
    const [width, height] = [16, 16];
    // 8-bit brightness 100, blue difference 60, red difference 128: a dark green.
    const planes = new Uint8Array(width * height * 1.5).fill(128);
    planes.fill(100, 0, width * height).fill(60, width * height, width * height * 1.25);
    const decoded = new VideoFrame(planes, {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: 0,
    });
    onTestFinished(() => decoded.close());
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context?.drawImage(decoded, 0, 0);
    const drawn = [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
    expect(drawn).toHaveLength(3);
    await expectPicture(decoded, [width, height], [drawn, drawn, drawn, drawn]);
  });

  test('has plain bytes as they are, whatever their size', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 5],
      [67, 2],
    ] as const) {
      const data = new Uint8Array(width * height * 4).map((_, index) => (index * 37) % 256);
      const image = new RawImage(data, width, height);
      const { texture } = new PictureTextures(graphics.device).upload(image);
      expect((await readPixels(graphics.device, texture)).flat(2)).toEqual([...data]);
    }
  });

  test('is drawn where the browser does not copy frames, which is tried once', async () => {
    const copy = GPUQueue.prototype.copyExternalImageToTexture;
    const copied = vi.spyOn(GPUQueue.prototype, 'copyExternalImageToTexture');
    onTestFinished(() => copied.mockRestore());
    copied.mockImplementation(function (this: GPUQueue, source, ...rest) {
      if (source.source instanceof VideoFrame) throw new TypeError('What is a frame?');
      copy.call(this, source, ...rest);
    });
    const textures = new PictureTextures(graphics.device);
    for (const image of [frame(), frame()]) {
      const { texture } = textures.upload(image);
      const rows = await readPixels(graphics.device, texture);
      expect(rows[0]?.[0]).toEqual([...RED, 255]);
      expect(rows.at(-1)?.at(-1)).toEqual([...YELLOW, 255]);
    }
    const kinds = copied.mock.calls.map(([{ source }]) => source.constructor.name);
    expect(kinds).toEqual(['VideoFrame', 'OffscreenCanvas', 'OffscreenCanvas']);
  });

  test('is shrunk to what the graphics device takes, and refused as bytes, which nobody draws', async () => {
    const limit = graphics.device.limits.maxTextureDimension2D;
    const wide = new OffscreenCanvas(limit * 1.5, 30);
    const context = wide.getContext('2d');
    if (!context) throw new Error('There is no canvas.');
    context.fillStyle = `rgb(${BLUE.join(' ')})`;
    context.fillRect(0, 0, wide.width, wide.height);
    const bitmap = await createImageBitmap(wide);
    await expectPicture(bitmap, [limit, 20], [BLUE, BLUE, BLUE, BLUE]);
    bitmap.close();
    const bytes = new RawImage(new Uint8Array((limit + 1) * 4), limit + 1, 1);
    expect(() => new PictureTextures(graphics.device).upload(bytes)).toThrow(`at most ${limit} pixels`);
    await graphics.device.queue.onSubmittedWorkDone();
    graphics.check();
  });

  test('is not made of a closed image', async () => {
    const textures = new PictureTextures(graphics.device);
    const bitmap = await createImageBitmap(quarters());
    const image = new RawImage(new Uint8Array(4), 1, 1);
    const closed = [bitmap, frame(), image];
    for (const each of closed) {
      each.close();
      expect(() => textures.upload(each)).toThrow(/closed/);
    }
  });

  test('takes the memory of an earlier one that is released, and no more of it than is in use', () => {
    const made = vi.mocked(graphics.device.createTexture);
    const destroyed = vi.spyOn(GPUTexture.prototype, 'destroy');
    onTestFinished(() => destroyed.mockRestore());
    const before = made.mock.calls.length;
    const textures = new PictureTextures(graphics.device);
    const image = new RawImage(new Uint8Array(16), 2, 2);

    for (let round = 0; round < 100; round += 1) {
      const [one, other] = [textures.upload(image), textures.upload(image)];
      expect(one.texture).not.toBe(other.texture);
      one.release();
      other.release();
      one.release();
    }
    expect(made.mock.calls.length - before).toBe(2);

    // The source has changed: nothing of the former size is kept.
    textures.upload(new RawImage(new Uint8Array(36), 3, 3)).release();
    expect(destroyed).toHaveBeenCalledTimes(2);
    textures.release();
    expect(destroyed).toHaveBeenCalledTimes(3);
    expect(made.mock.calls.length - before).toBe(3);
  });
});
