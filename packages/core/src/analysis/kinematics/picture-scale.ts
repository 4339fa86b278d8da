import { BODY_LANDMARK_COUNT } from '../../pose/index.ts';

/** Landmarks below which a scale would be a guess. */
const FEWEST_LANDMARKS = 6;

/** Metres: the root of the seen landmarks' summed squared distances from their middle must reach this. */
const SMALLEST_EXTENT = 0.3;

/** Seconds. People come nearer over seconds; a scale that jitters from frame to frame would look like travel. */
const TIME_CONSTANT = 0.5;

/**
 * How many pixels a metre of a person is, by weak perspective: the scale that brings the world landmarks' x and y
 * closest to the picture's, by least squares (the one-parameter case of Umeyama 1991). It holds in every posture,
 * where the height of a box around the person does not.
 */
export class PictureScale {
  #latest = Number.NaN;

  /** Pixels per metre; NaN until known. */
  pixelsPerMetre = Number.NaN;

  /**
   * @param time seconds
   * @param pixels x and y of each landmark, two after two
   * @param positions x, y and z of each landmark in metres
   * @param seen 1 for each landmark that was seen
   */
  update(time: number, pixels: Float64Array, positions: Float64Array, seen: Uint8Array): void {
    const scale = fitScale(pixels, positions, seen);
    if (!(scale > 0)) return;
    const known = this.pixelsPerMetre > 0;
    const share = known ? 1 - Math.exp(-(time - this.#latest) / TIME_CONSTANT) : 1;
    // Of the logarithm, so that twice as near and half as near are as far.
    this.pixelsPerMetre = known ? this.pixelsPerMetre * (scale / this.pixelsPerMetre) ** share : scale;
    this.#latest = time;
  }
}

function fitScale(pixels: Float64Array, positions: Float64Array, seen: Uint8Array): number {
  let count = 0;
  let worldX = 0;
  let worldY = 0;
  let pictureX = 0;
  let pictureY = 0;
  let squares = 0;
  let products = 0;
  for (let landmark = 0; landmark < BODY_LANDMARK_COUNT; landmark += 1) {
    if (seen[landmark] === 0) continue;
    const x = positions[landmark * 3] ?? 0;
    const y = positions[landmark * 3 + 1] ?? 0;
    const u = pixels[landmark * 2] ?? 0;
    const v = pixels[landmark * 2 + 1] ?? 0;
    if (!Number.isFinite(u + v)) continue;
    count += 1;
    worldX += x;
    worldY += y;
    pictureX += u;
    pictureY += v;
    squares += x * x + y * y;
    products += x * u + y * v;
  }
  if (count < FEWEST_LANDMARKS) return Number.NaN;
  const extent = squares - (worldX * worldX + worldY * worldY) / count;
  if (extent < SMALLEST_EXTENT ** 2) return Number.NaN;
  return (products - (worldX * pictureX + worldY * pictureY) / count) / extent;
}
