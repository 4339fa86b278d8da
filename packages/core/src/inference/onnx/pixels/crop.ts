import type { NetworkInput, Region } from '../network.ts';
import type { PixelPicture } from './pixel-picture.ts';

/** Bytes per pixel of a picture. */
const BYTES = 4;

/** What a sample needs: the pixels, and where red, green and blue of the network's input go. */
interface Job {
  readonly data: Uint8Array | Uint8ClampedArray;
  /** Size of the picture in pixels. */
  readonly width: number;
  readonly height: number;
  readonly target: Float32Array;
  /** Values per plane. */
  readonly plane: number;
  /** A byte times `scale` plus `offset` is what the network sees. */
  readonly scale: number;
  readonly offset: number;
  readonly replicate: boolean;
}

/**
 * Shows a region of a picture to a network: turned upright, scaled to the input's size with bilinear interpolation,
 * as planes of red, green and blue.
 *
 * Output pixel (i, j) samples the picture at the region's top left corner + i/width of its upper edge + j/height of
 * its left edge, where pixel (0, 0) of the picture lies at (0, 0): the convention of MediaPipe's CPU path
 * (`image_to_tensor_converter_opencv.cc`), half a pixel from what a canvas draws. Its networks are as good with
 * either, but landmarks differ by that half pixel. Shrinking is plain bilinear there too, without averaging.
 *
 * @param target receives 3 · height · width values: all of red, of green, of blue, each row by row
 */
export function cropRegion(
  picture: PixelPicture,
  region: Region,
  input: NetworkInput,
  target: Float32Array,
): void {
  const [low, high] = input.range;
  const job: Job = {
    data: picture.data,
    width: picture.width,
    height: picture.height,
    target,
    plane: input.width * input.height,
    scale: (high - low) / 255,
    offset: low,
    replicate: input.border === 'replicate',
  };
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  // One step to the right and one step down in the output, as steps in the picture.
  const rightX = (cos * region.width) / input.width;
  const rightY = (sin * region.width) / input.width;
  const downX = (-sin * region.height) / input.height;
  const downY = (cos * region.height) / input.height;
  const left = region.x - (rightX * input.width + downX * input.height) / 2;
  const top = region.y - (rightY * input.width + downY * input.height) / 2;

  for (let row = 0; row < input.height; row += 1) {
    const x = left + row * downX;
    const y = top + row * downY;
    // The stretch of the row whose samples have all four neighbours within the picture needs no care.
    const across = stretchWithin(x, rightX, job.width - 1, input.width);
    const along = stretchWithin(y, rightY, job.height - 1, input.width);
    const from = Math.max(across.from, along.from);
    const to = Math.max(from, Math.min(across.to, along.to));
    const at = row * input.width;
    sampleAtEdge(job, x, y, rightX, rightY, at, 0, Math.min(from, input.width));
    sampleWithin(job, x, y, rightX, rightY, at, from, to);
    sampleAtEdge(job, x, y, rightX, rightY, at, to, input.width);
  }
}

/** The steps `i` of [0, count) for which 0 ≤ start + i · step < end. */
function stretchWithin(
  start: number,
  step: number,
  end: number,
  count: number,
): { readonly from: number; readonly to: number } {
  const within = (i: number) => start + i * step >= 0 && start + i * step < end;
  if (!(Math.abs(step) > 1e-9)) return { from: 0, to: within(0) && within(count - 1) ? count : 0 };
  const [enter, leave] =
    step > 0 ? [-start / step, (end - start) / step] : [(end - start) / step, -start / step];
  let from = Math.min(count, Math.max(0, Math.ceil(enter)));
  let to = Math.min(count, Math.max(from, Math.floor(leave) + 1));
  // Rounding may be off by one at either end; the loop without checks relies on it being right.
  while (from < to && !within(from)) from += 1;
  while (to > from && !within(to - 1)) to -= 1;
  return { from, to };
}

/** Samples whose four neighbours are all in the picture: the bulk, hence without a single check. */
function sampleWithin(
  job: Job,
  startX: number,
  startY: number,
  stepX: number,
  stepY: number,
  at: number,
  from: number,
  to: number,
): void {
  const { data, target, plane, scale, offset } = job;
  const stride = job.width * BYTES;
  const green = plane;
  const blue = plane * 2;
  for (let i = from; i < to; i += 1) {
    const x = startX + i * stepX;
    const y = startY + i * stepY;
    const column = x | 0;
    const row = y | 0;
    const right = x - column;
    const below = y - row;
    const upperLeft = row * stride + column * BYTES;
    const lowerLeft = upperLeft + stride;
    const weightLowerRight = right * below * scale;
    const weightUpperRight = right * scale - weightLowerRight;
    const weightLowerLeft = below * scale - weightLowerRight;
    const weightUpperLeft = scale - weightUpperRight - weightLowerLeft - weightLowerRight;
    target[at + i] =
      (data[upperLeft] as number) * weightUpperLeft +
      (data[upperLeft + 4] as number) * weightUpperRight +
      (data[lowerLeft] as number) * weightLowerLeft +
      (data[lowerLeft + 4] as number) * weightLowerRight +
      offset;
    target[at + i + green] =
      (data[upperLeft + 1] as number) * weightUpperLeft +
      (data[upperLeft + 5] as number) * weightUpperRight +
      (data[lowerLeft + 1] as number) * weightLowerLeft +
      (data[lowerLeft + 5] as number) * weightLowerRight +
      offset;
    target[at + i + blue] =
      (data[upperLeft + 2] as number) * weightUpperLeft +
      (data[upperLeft + 6] as number) * weightUpperRight +
      (data[lowerLeft + 2] as number) * weightLowerLeft +
      (data[lowerLeft + 6] as number) * weightLowerRight +
      offset;
  }
}

/** Samples at and beyond the picture's edges, where a neighbour may be missing. */
function sampleAtEdge(
  job: Job,
  startX: number,
  startY: number,
  stepX: number,
  stepY: number,
  at: number,
  from: number,
  to: number,
): void {
  const { target, plane, scale, offset } = job;
  for (let i = from; i < to; i += 1) {
    const x = startX + i * stepX;
    const y = startY + i * stepY;
    const column = Math.floor(x);
    const row = Math.floor(y);
    const right = x - column;
    const below = y - row;
    for (let channel = 0; channel < 3; channel += 1) {
      const upper =
        pixelAt(job, column, row, channel) * (1 - right) + pixelAt(job, column + 1, row, channel) * right;
      const lower =
        pixelAt(job, column, row + 1, channel) * (1 - right) +
        pixelAt(job, column + 1, row + 1, channel) * right;
      target[at + i + channel * plane] = (upper * (1 - below) + lower * below) * scale + offset;
    }
  }
}

/** A byte of the picture, or of what is thought beyond it. */
function pixelAt(
  { data, width, height, replicate }: Job,
  column: number,
  row: number,
  channel: number,
): number {
  const x = Math.min(width - 1, Math.max(0, column));
  const y = Math.min(height - 1, Math.max(0, row));
  if (!replicate && (x !== column || y !== row)) return 0;
  return data[(y * width + x) * BYTES + channel] ?? 0;
}
