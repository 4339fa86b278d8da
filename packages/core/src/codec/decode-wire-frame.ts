import type { Hand, JointAngles, Pose } from '../pose/index.ts';
import { ByteReader, refuse } from './byte-reader.ts';
import { asUint8Array, type Bytes, type Decoded, decoding } from './decoded.ts';
import { HAND_SIDES } from './hand-sides.ts';
import { restoreLikelihood } from './quantize.ts';
import { readStages } from './stages.ts';
import { readAngles } from './wire-angles.ts';
import type { WireFrame } from './wire-frame.ts';
import { readWireHeader } from './wire-header.ts';
import { readLandmarks } from './wire-landmarks.ts';

/**
 * Reads what `encodeWireFrame` wrote, or anything else that came over a socket: every number that comes out is
 * finite, and nothing is allocated for a count that the bytes do not back.
 *
 * @returns the frame, or `BYTES_INVALID` (truncated, damaged, foreign) / `VERSION_UNSUPPORTED`
 */
export function decodeWireFrame(bytes: Bytes): Decoded<WireFrame> {
  return decoding('This wire frame', () => readWireFrame(new ByteReader(asUint8Array(bytes))));
}

function readWireFrame(reader: ByteReader): WireFrame {
  const { version, blocks, people, hands: handCount, capturedAt, ...facts } = readWireHeader(reader);
  const poses: Pose[] = [];
  const angles: JointAngles[] = [];
  const hands: Hand[] = [];
  for (let index = 0; index < people; index += 1) {
    const id = reader.unsigned(4);
    const score = restoreLikelihood(reader.unsigned(1));
    const landmarks = readLandmarks(reader);
    const worldLandmarks = blocks.world ? readLandmarks(reader, landmarks) : [];
    poses.push({ id, score, landmarks, worldLandmarks });
    if (blocks.angles) angles.push(readAngles(reader));
  }
  for (let index = 0; index < handCount; index += 1) {
    hands.push(readHand(reader, blocks.world));
  }
  const stages = blocks.timings ? readStages(reader) : {};
  reader.end();
  return {
    frame: { ...facts, poses, hands, timings: { capturedAt, stages } },
    blocks,
    angles,
  };
}

function readHand(reader: ByteReader, world: boolean): Hand {
  const poseId = reader.unsigned(4);
  const side = HAND_SIDES[reader.unsigned(1)] ?? refuse('a hand in it is neither left nor right.');
  const score = restoreLikelihood(reader.unsigned(1));
  const timestamp = reader.float64();
  const landmarks = readLandmarks(reader);
  const worldLandmarks = world ? readLandmarks(reader, landmarks) : [];
  return { poseId, side, score, timestamp, landmarks, worldLandmarks };
}
