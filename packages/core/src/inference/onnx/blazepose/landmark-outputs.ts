import type { Landmark } from '../../../pose/index.ts';
import type { Region } from '../network.ts';
import type { Point } from './candidates.ts';
import { type Size, toPicture } from './regions.ts';

/** What a network gave, by name. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** @throws Error when the network has not given it, or another number of values: it is another network */
export function output(outputs: Outputs, name: string, length: number): Float32Array {
  const values = outputs[name];
  if (!values || values.length !== length) {
    throw new Error(`The network gave ${values?.length ?? 0} values as "${name}"; ${length} were expected.`);
  }
  return values;
}

/** A landmark as a network sees it: x and y as shares of its input, z in widths of its input. */
export interface RawLandmark extends Point {
  readonly z: number;
  /** In [0, 1]. */
  readonly visibility: number;
  /** In [0, 1], where the network tells. */
  readonly presence?: number;
}

/** `raw` in the picture's terms: x and y in [0, 1] of the picture, z in its widths (`LandmarkProjectionCalculator`). */
export function projectLandmark(raw: RawLandmark, region: Region, { width, height }: Size): Landmark {
  const { x, y } = toPicture(region, raw);
  return { ...raw, x: x / width, y: y / height, z: (raw.z * region.width) / width };
}

/**
 * World landmarks, metres as the network gives them, turned as the region was turned to make them upright
 * (`WorldLandmarkProjectionCalculator`). What is known of a landmark's visibility is the picture's.
 * @param metres x, y, z of each landmark
 */
export function worldLandmarks(
  metres: Float32Array,
  region: Region,
  landmarks: readonly Landmark[],
): Landmark[] {
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  return landmarks.map((landmark, index) => {
    const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = metres.subarray(index * 3, index * 3 + 3);
    return { ...landmark, x: x * cos - y * sin, y: x * sin + y * cos, z };
  });
}

/** Whether every coordinate is a number of 32 bits, as it is passed on: a network shown nonsense may give anything. */
export function areFinite(landmarks: readonly Landmark[]): boolean {
  return landmarks.every(({ x, y, z, visibility, presence = 0 }) =>
    [x, y, z, visibility, presence].every((value) => Number.isFinite(Math.fround(value))),
  );
}
