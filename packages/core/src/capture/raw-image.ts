import { PoseCoachError } from '../base/index.ts';

/** Bytes per pixel: red, green, blue, alpha. */
const CHANNELS = 4;

/**
 * A picture as plain bytes, for where there are neither frames nor bitmaps: decoded video in Node.
 *
 * ```ts
 * const image = new RawImage(pixels, 640, 480); // 640 × 480 × 4 bytes: red, green, blue, alpha, row by row
 * ```
 */
export class RawImage {
  readonly width: number;
  readonly height: number;
  #data: Uint8Array | Uint8ClampedArray | undefined;

  /**
   * @param data the pixels from the top left on, four bytes each; not copied, and not to be changed until `close`
   * @throws PoseCoachError `FRAME_INVALID` when size and bytes do not match
   */
  constructor(data: Uint8Array | Uint8ClampedArray, width: number, height: number) {
    const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
    if (!whole || data.length !== width * height * CHANNELS) {
      throw new PoseCoachError(
        'FRAME_INVALID',
        `A picture of ${width} × ${height} pixels has 4 bytes for each (red, green, blue, alpha); ${data.length} bytes were given.`,
      );
    }
    this.#data = data;
    this.width = width;
    this.height = height;
  }

  /** The pixels; undefined once it is closed. */
  get data(): Uint8Array | Uint8ClampedArray | undefined {
    return this.#data;
  }

  close(): void {
    this.#data = undefined;
  }
}
