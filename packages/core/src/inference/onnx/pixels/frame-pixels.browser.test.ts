import { afterEach, describe, expect, it, vi } from 'vitest';
import { RawImage } from '../../../capture/index.ts';
import { FramePixels } from './frame-pixels.ts';

/** Left half red, right half blue, and one green pixel at the top left. */
function drawn(width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('There is no 2-D canvas here.');
  drawing.fillStyle = '#f00';
  drawing.fillRect(0, 0, width, height);
  drawing.fillStyle = '#00f';
  drawing.fillRect(width / 2, 0, width / 2, height);
  drawing.fillStyle = '#0f0';
  drawing.fillRect(0, 0, 1, 1);
  return canvas;
}

const RED = [255, 0, 0, 255];
const GREEN = [0, 255, 0, 255];
const BLUE = [0, 0, 255, 255];

async function read(image: VideoFrame | ImageBitmap | RawImage, longestSide: number | null = null) {
  const { width, height, data } = await new FramePixels(longestSide).read(image);
  image.close();
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  return { width, height, at, bytes: data.length };
}

describe.each(['copied', 'drawn'] as const)('the pixels of a frame, %s', (way) => {
  afterEach(() => vi.restoreAllMocks());

  /** Browsers that do not know the option copy planes of another form; ours never gets that far. */
  function withoutConversion(): void {
    if (way === 'copied') return;
    const { allocationSize } = VideoFrame.prototype;
    vi.spyOn(VideoFrame.prototype, 'allocationSize').mockImplementation(function (this: VideoFrame) {
      return allocationSize.call(this);
    });
  }

  it.each([
    ['a frame', 64, 48],
    ['an odd size', 33, 17],
    ['a size with a row of padding', 30, 10],
  ])('are red, green, blue and alpha from the top left on (%s)', async (_, width, height) => {
    withoutConversion();
    const picture = await read(new VideoFrame(drawn(width, height), { timestamp: 0 }));
    expect([picture.width, picture.height, picture.bytes]).toEqual([width, height, width * height * 4]);
    expect([picture.at(0, 0), picture.at(1, 1), picture.at(width - 1, height - 1)]).toEqual([
      GREEN,
      RED,
      BLUE,
    ]);
  });

  it('are those of a bitmap just so', async () => {
    withoutConversion();
    const picture = await read(await createImageBitmap(drawn(33, 17)));
    expect([picture.width, picture.height]).toEqual([33, 17]);
    expect([picture.at(0, 0), picture.at(1, 1), picture.at(32, 16)]).toEqual([GREEN, RED, BLUE]);
  });

  it('are the visible ones only', async () => {
    withoutConversion();
    const whole = new VideoFrame(drawn(64, 48), { timestamp: 0 });
    const right = new VideoFrame(whole, { visibleRect: { x: 32, y: 0, width: 32, height: 48 } });
    whole.close();
    const picture = await read(right);
    expect([picture.width, picture.height, picture.at(0, 0)]).toEqual([32, 48, BLUE]);
  });

  it('are square, whatever those of the frame are', async () => {
    withoutConversion();
    const stretched = new VideoFrame(drawn(64, 48), { timestamp: 0, displayWidth: 128, displayHeight: 48 });
    const picture = await read(stretched);
    expect([picture.width, picture.height, picture.at(60, 20), picture.at(68, 20)]).toEqual([
      128,
      48,
      RED,
      BLUE,
    ]);
  });

  it('are refused when the frame is closed', async () => {
    withoutConversion();
    const frame = new VideoFrame(drawn(64, 48), { timestamp: 0 });
    frame.close();
    await expect(read(frame)).rejects.toThrow(/closed/);
    const bitmap = await createImageBitmap(drawn(64, 48));
    bitmap.close();
    await expect(read(bitmap)).rejects.toThrow(/closed/);
  });
});

describe('the pixels of frames', () => {
  it('are shrunk to the longest side where they have to be drawn', async () => {
    const stretched = new VideoFrame(drawn(64, 48), { timestamp: 0, displayWidth: 128, displayHeight: 48 });
    const picture = await read(stretched, 32);
    expect([picture.width, picture.height]).toEqual([32, 12]);
  });

  it('are a raw image’s own', async () => {
    const data = Uint8Array.of(...GREEN, ...BLUE);
    const pixels = new FramePixels(null);
    const image = new RawImage(data, 2, 1);
    expect((await pixels.read(image)).data).toBe(data);
    image.close();
    await expect(pixels.read(image)).rejects.toThrow(/closed/);
  });

  it('of the next frame take the memory of the last, once that is given back', async () => {
    const pixels = new FramePixels(null);
    const look = async () => {
      const frame = new VideoFrame(drawn(64, 48), { timestamp: 0 });
      const picture = await pixels.read(frame);
      frame.close();
      return picture;
    };
    const [first, second] = [await look(), await look()];
    expect(second.data).not.toBe(first.data);
    first.release();
    expect((await look()).data).toBe(first.data);
  });
});
