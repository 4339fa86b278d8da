import type { Landmark } from '../pose/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { type ByteWriter, refuseFrame } from './byte-writer.ts';
import {
  quantizeCoordinate,
  quantizeDepth,
  quantizeLikelihood,
  restoreCoordinate,
  restoreDepth,
  restoreLikelihood,
} from './quantize.ts';

/*
 * A list of landmarks on the wire: u8 count, then of each three times 16 bits and, of image landmarks only, u8
 * visibility. World landmarks share the visibility of the image landmark with the same index.
 */
const IMAGE_LANDMARK_BYTES = 7;
const WORLD_LANDMARK_BYTES = 6;

/** @param world whether they are in metres */
export function writeLandmarks(writer: ByteWriter, landmarks: readonly Landmark[], world: boolean): void {
  const bytes = world ? WORLD_LANDMARK_BYTES : IMAGE_LANDMARK_BYTES;
  const quantize = world ? quantizeDepth : quantizeCoordinate;
  writer.unsigned(landmarks.length, 1, 'a number of landmarks');
  let at = writer.take(landmarks.length * bytes);
  const { view } = writer;
  for (const { x, y, z, visibility } of landmarks) {
    if (!Number.isFinite(x + y + z + visibility)) refuseFrame('a landmark is not finite');
    // As 16 bits, an int16 and the uint16 with the same bits are the same to setInt16.
    view.setInt16(at, quantize(x), true);
    view.setInt16(at + 2, quantize(y), true);
    view.setInt16(at + 4, quantizeDepth(z), true);
    if (!world) view.setUint8(at + 6, quantizeLikelihood(visibility));
    at += bytes;
  }
}

/** @param image when they are in metres: the same person's image landmarks */
export function readLandmarks(reader: ByteReader, image?: readonly Landmark[]): Landmark[] {
  const bytes = image ? WORLD_LANDMARK_BYTES : IMAGE_LANDMARK_BYTES;
  const count = reader.unsigned(1);
  const start = reader.take(count * bytes);
  const { view } = reader;
  const landmarks: Landmark[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = start + index * bytes;
    const z = restoreDepth(view.getInt16(at + 4, true));
    landmarks.push(
      image
        ? {
            x: restoreDepth(view.getInt16(at, true)),
            y: restoreDepth(view.getInt16(at + 2, true)),
            z,
            visibility: image[index]?.visibility ?? 0,
          }
        : {
            x: restoreCoordinate(view.getUint16(at, true)),
            y: restoreCoordinate(view.getUint16(at + 2, true)),
            z,
            visibility: restoreLikelihood(view.getUint8(at + 6)),
          },
    );
  }
  return landmarks;
}
