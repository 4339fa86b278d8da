import type { Picture } from '../network.ts';

/** A picture whose pixels lie in memory: four bytes each (red, green, blue, alpha), row by row from the top left. */
export interface PixelPicture extends Picture {
  readonly data: Uint8Array | Uint8ClampedArray;
}
