import type { Hand, PoseFrame } from '../pose/index.ts';
import { ByteWriter, refuseFrame } from './byte-writer.ts';
import { HAND_SIDES } from './hand-sides.ts';
import { quantizeLikelihood } from './quantize.ts';
import { writeStages } from './stages.ts';
import { writeAngles } from './wire-angles.ts';
import type { WireOptions } from './wire-frame.ts';
import { writeWireHeader } from './wire-header.ts';
import { writeLandmarks } from './wire-landmarks.ts';

/**
 * A frame in the small form for sockets: 272 bytes for one person without options.
 *
 * Lossy by design. Image x and y are clamped to [-1, 2] and off by at most 0.00003 of the picture (0.05 px of
 * 1920); z and world coordinates are clamped to ±4 and off by at most 0.00007; likelihoods are off by at most
 * 0.002, angles by 0.005°. `presence` is not sent, world landmarks share the visibility of their image
 * landmarks, `sequence` and `epoch` go modulo 2³², `dropped` saturates at 65535. Timestamps are exact.
 *
 * After the header (`wire-header.ts`), each person: u32 id, u8 score, u8 count and image landmarks, with the
 * world block u8 count and world landmarks, with the angles block 15 angles (`wire-angles.ts`). Then each hand: u32
 * pose id, u8 side, u8 score, f64 timestamp, landmarks as above. Then, with the timings
 * block, the stages (`stages.ts`).
 *
 * @throws PoseCoachError `FRAME_INVALID` when something in it is not finite, or too many for the format
 */
export function encodeWireFrame(frame: PoseFrame, options: WireOptions = {}): Uint8Array<ArrayBuffer> {
  const { world = false, hands = true, timings = false, angles } = options;
  const sentHands = hands ? frame.hands : [];
  if (angles !== undefined && angles.length !== frame.poses.length) {
    refuseFrame(`it has ${frame.poses.length} people and angles of ${angles.length}`);
  }
  const writer = new ByteWriter();
  writeWireHeader(writer, {
    ...frame,
    blocks: { world, angles: angles !== undefined, timings, hands },
    people: frame.poses.length,
    hands: sentHands.length,
    capturedAt: frame.timings.capturedAt,
  });
  frame.poses.forEach((pose, index) => {
    writer.unsigned(pose.id, 4, 'a pose’s id');
    writer.unsigned(quantizeLikelihood(pose.score), 1, 'a score');
    writeLandmarks(writer, pose.landmarks, false);
    if (world) writeLandmarks(writer, pose.worldLandmarks, true);
    const measured = angles?.[index];
    if (measured !== undefined) writeAngles(writer, measured);
  });
  for (const hand of sentHands) writeHand(writer, hand, world);
  if (timings) writeStages(writer, frame.timings.stages);
  return writer.finish();
}

function writeHand(writer: ByteWriter, hand: Hand, world: boolean): void {
  writer.unsigned(hand.poseId, 4, 'a hand’s poseId');
  writer.unsigned(HAND_SIDES.indexOf(hand.side), 1, 'a hand’s side');
  writer.unsigned(quantizeLikelihood(hand.score), 1, 'a score');
  writer.float64(hand.timestamp, 'a hand’s timestamp');
  writeLandmarks(writer, hand.landmarks, false);
  if (world) writeLandmarks(writer, hand.worldLandmarks, true);
}
