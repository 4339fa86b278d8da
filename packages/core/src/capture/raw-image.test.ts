import { describe, expect, it } from 'vitest';
import { RawImage } from './raw-image.ts';

describe('A picture of plain bytes', () => {
  it('holds the bytes it was given until it is closed', () => {
    const data = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255);
    const image = new RawImage(data, 2, 1);
    expect([image.width, image.height, image.data]).toEqual([2, 1, data]);
    image.close();
    expect(image.data).toBeUndefined();
  });

  it.each([
    [7, 2, 1],
    [12, 2, 1],
    [0, 0, 1],
    [8, 2.5, 0.8],
    [8, -2, -1],
    [8, Number.NaN, 1],
  ])('refuses %i bytes for %f × %f pixels', (bytes, width, height) => {
    expect(() => new RawImage(new Uint8Array(bytes), width, height)).toThrow(
      expect.objectContaining({ code: 'FRAME_INVALID' }),
    );
  });
});
