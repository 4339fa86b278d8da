import { good, look, unknown, type Verdict } from './verdict.ts';

/** A picture in shades of grey, row by row from the top left. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** Luma of each pixel, 0 (black) to 255 (white). */
  readonly luma: Uint8Array;
}

/** A part of a picture, in pixels. */
export interface PictureArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels that a picture is wide at most before it is looked at: thresholds below hold for that. */
export const LOOKED_AT_WIDTH = 480;

/** Luma of RGBA pixels by the weights of ITU-R BT.709. */
export function toGrey(rgba: Uint8ClampedArray, width: number, height: number): GreyPicture {
  const luma = new Uint8Array(width * height);
  for (let index = 0; index < luma.length; index += 1) {
    const [red = 0, green = 0, blue = 0] = [rgba[index * 4], rgba[index * 4 + 1], rgba[index * 4 + 2]];
    luma[index] = Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  }
  return { width, height, luma };
}

/** Side of the tiles in which sharpness is measured, in pixels: about an eye-catching detail of a picture 480 wide. */
const TILE = 24;

/**
 * How sharp the sharpest tenth of a picture is: the variance of the Laplacian (Pech-Pacheco et al. 2000, “Diatom
 * autofocusing in brightfield microscopy”) in tiles, the 90th percentile less the 10th. A bare wall behind somebody
 * has no detail and says nothing, so the best tiles speak; and what is also in the barest is the sensor's noise.
 * @returns undefined for pictures of fewer than four tiles
 */
export function sharpness({ width, height, luma }: GreyPicture): number | undefined {
  const tiles: number[] = [];
  const at = (x: number, y: number) => luma[y * width + x] ?? 0;
  for (let top = 1; top + TILE < height; top += TILE) {
    for (let left = 1; left + TILE < width; left += TILE) {
      let sum = 0;
      let squares = 0;
      for (let y = top; y < top + TILE; y += 1) {
        for (let x = left; x < left + TILE; x += 1) {
          const value = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
          sum += value;
          squares += value * value;
        }
      }
      const mean = sum / TILE ** 2;
      tiles.push(squares / TILE ** 2 - mean * mean);
    }
  }
  if (tiles.length < 4) return undefined;
  tiles.sort((a, b) => a - b);
  const percentile = (share: number) =>
    tiles[Math.min(tiles.length - 1, Math.floor(share * tiles.length))] ?? 0;
  return percentile(0.9) - percentile(0.1);
}

/** Light in a part of a picture. */
export interface Light {
  /** Luma that a tenth of the pixels exceeds: what is lit best. Black clothes take nothing away from it. */
  readonly brightest: number;
  /** Share of pixels that are as good as white (luma 250 and more): there detail is lost. */
  readonly white: number;
}

/** @param area default: all of it; undefined is answered for an area outside of the picture */
export function lightOf({ width, height, luma }: GreyPicture, area?: PictureArea): Light | undefined {
  const { left, top, right, bottom } = area ?? { left: 0, top: 0, right: width, bottom: height };
  const values: number[] = [];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y += 1) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x += 1) {
      values.push(luma[y * width + x] ?? 0);
    }
  }
  if (values.length === 0) return undefined;
  values.sort((one, other) => one - other);
  return {
    brightest: values[Math.floor(values.length * 0.9)] ?? 0,
    white: values.filter((value) => value >= 250).length / values.length,
  };
}

/**
 * Sharpness below which a picture is said not to be sharp. Measured on six photos and fourteen frames of four films
 * of people, at most 480 pixels wide: as they are 323 to 6072; blurred by a Gaussian of 1.5 pixels 40 to 334, of 2
 * pixels 20 to 145, of 3 pixels 8 to 39. Strong noise can hide a blur, because a noisy picture is full of edges.
 */
export const SHARP_ENOUGH = 100;

/**
 * What is lit best around the person must be as light as this: on the twenty pictures that sharpness was measured on
 * it is 129 to 249, with half of their light 65 to 132, with a quarter 39 to 73.
 */
export const DARK = 80;
/** Share of pixels around the person that may be as good as white. */
const MUCH_WHITE = 0.4;

/** @param area where the person is; the whole picture when nobody is known to be there */
export function judgeLight(picture: GreyPicture | undefined, area?: PictureArea): Verdict {
  const light = picture && lightOf(picture, area);
  if (!light) return unknown('There is no picture of a camera to look at.');
  if (light.brightest < DARK) {
    return look('It is too dark. Turn a lamp on in front of you, beside the camera.');
  }
  if (light.white > MUCH_WHITE) {
    return look(
      'It is too bright: there is white where detail should be. Dim the lamp, or lower the camera’s exposure.',
    );
  }
  return good('The light is right.');
}

/** @param light of the same picture: in the dark nothing is known about sharpness */
export function judgeSharpness(picture: GreyPicture | undefined, light: Verdict): Verdict {
  if (!picture) return unknown('There is no picture of a camera to look at.');
  if (light.state === 'look') return unknown('First the light: then it can be told.');
  const measured = sharpness(picture);
  if (measured === undefined) return unknown('The picture is too small to tell.');
  if (measured < SHARP_ENOUGH) {
    return look('The picture is blurred. Wipe the lens, and let the camera focus on where you stand.');
  }
  return good('The picture is sharp.');
}
