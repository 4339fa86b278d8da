import type { Landmark } from '../../pose/index.ts';

/** A detection on its way between threads: the score and the landmarks of one person or one hand. */
export interface Detection {
  readonly score: number;
  readonly landmarks: readonly Landmark[];
  readonly worldLandmarks: readonly Landmark[];
}

/** Floats per landmark: x, y, z and visibility, in the image and in metres. */
const FLOATS_PER_LANDMARK = 8;

/** Puts detections that have `points` landmarks each into one buffer, which is transferred instead of cloned. */
export function packDetections(detections: readonly Detection[], points: number): Float32Array<ArrayBuffer> {
  const packed = new Float32Array(detections.length * (1 + points * FLOATS_PER_LANDMARK));
  let at = 0;
  for (const { score, landmarks, worldLandmarks } of detections) {
    packed[at++] = score;
    for (const landmark of [...landmarks, ...worldLandmarks]) {
      packed[at++] = landmark.x;
      packed[at++] = landmark.y;
      packed[at++] = landmark.z;
      packed[at++] = landmark.visibility;
    }
  }
  return packed;
}

/** The inverse of `packDetections`, exact for the 32-bit floats that engines calculate with. */
export function unpackDetections(packed: Float32Array, points: number): Detection[] {
  const stride = 1 + points * FLOATS_PER_LANDMARK;
  const detections: Detection[] = [];
  for (let start = 0; start + stride <= packed.length; start += stride) {
    detections.push({
      score: packed[start] ?? Number.NaN,
      landmarks: unpackLandmarks(packed, start + 1, points),
      worldLandmarks: unpackLandmarks(packed, start + 1 + points * 4, points),
    });
  }
  return detections;
}

function unpackLandmarks(packed: Float32Array, start: number, points: number): Landmark[] {
  const landmarks: Landmark[] = [];
  for (let at = start; at < start + points * 4; at += 4) {
    const [x, y, z, visibility] = packed.subarray(at, at + 4);
    landmarks.push({
      x: x ?? Number.NaN,
      y: y ?? Number.NaN,
      z: z ?? Number.NaN,
      visibility: visibility ?? Number.NaN,
    });
  }
  return landmarks;
}
