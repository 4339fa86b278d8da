import type { Hand, Pose, PoseFrame } from '../pose/index.ts';
import { ByteReader, refuse } from './byte-reader.ts';
import { ByteWriter, refuseFrame } from './byte-writer.ts';
import { encodeChunk } from './chunk.ts';
import { type Decoded, decoding } from './decoded.ts';
import { HAND_SIDES } from './hand-sides.ts';
import { readExactLandmarks, writeExactLandmarks } from './recording-landmarks.ts';
import { readStages, writeStages } from './stages.ts';

/**
 * One frame as a chunk of a recording, exactly: landmarks as the float32 they come from engines as (a float64
 * is rounded to the nearest), everything else as it stands. Record frames before smoothing: it can be done
 * again, and better, later.
 *
 * Payload, little-endian: f64 sequence, epoch, timestamp, captured at; u32 width, height, dropped; the stages
 * (`stages.ts`); u16 poses, each f64 id, score, image and world landmarks; u16 hands,
 * each f64 pose id, u8 side, f64 score, timestamp, image and world landmarks (`recording-landmarks.ts`).
 *
 * @throws PoseCoachError `FRAME_INVALID` when something in it is not finite, or too many for the format
 */
export function encodeRecordingFrame(frame: PoseFrame): Uint8Array<ArrayBuffer> {
  if (!(frame.width * frame.height > 0)) refuseFrame('its picture has no size');
  const writer = new ByteWriter();
  writeWhole(writer, frame.sequence, 'sequence');
  writeWhole(writer, frame.epoch, 'epoch');
  writer.float64(frame.timestamp, 'timestamp');
  writer.float64(frame.timings.capturedAt, 'capturedAt');
  writer.unsigned(frame.width, 4, 'width');
  writer.unsigned(frame.height, 4, 'height');
  writer.unsigned(frame.dropped, 4, 'dropped');
  writeStages(writer, frame.timings.stages);
  writer.unsigned(frame.poses.length, 2, 'the number of people');
  for (const pose of frame.poses) {
    writeWhole(writer, pose.id, 'a pose’s id');
    writer.float64(pose.score, 'a pose’s score');
    writeExactLandmarks(writer, pose.landmarks);
    writeExactLandmarks(writer, pose.worldLandmarks, pose.landmarks);
  }
  writer.unsigned(frame.hands.length, 2, 'the number of hands');
  for (const hand of frame.hands) {
    writeWhole(writer, hand.poseId, 'a hand’s poseId');
    writer.unsigned(HAND_SIDES.indexOf(hand.side), 1, 'a hand’s side');
    writer.float64(hand.score, 'a hand’s score');
    writer.float64(hand.timestamp, 'a hand’s timestamp');
    writeExactLandmarks(writer, hand.landmarks);
    writeExactLandmarks(writer, hand.worldLandmarks, hand.landmarks);
  }
  return encodeChunk('frame', writer.finish());
}

/** A whole number of either sign, as long as float64 tells it from its neighbours. */
function writeWhole(writer: ByteWriter, value: number, name: string): void {
  if (!Number.isSafeInteger(value)) refuseFrame(`${name} is ${value}, not a whole number`);
  writer.float64(value, name);
}

/**
 * Reads the payload of a frame chunk.
 * @returns the frame, or `BYTES_INVALID`
 */
export function decodeRecordingFrame(payload: Uint8Array): Decoded<PoseFrame> {
  return decoding('This frame of a recording', () => readFrame(new ByteReader(payload)));
}

function readFrame(reader: ByteReader): PoseFrame {
  const sequence = readSafe(reader);
  const epoch = readSafe(reader);
  const timestamp = reader.float64();
  const capturedAt = reader.float64();
  const width = reader.unsigned(4);
  const height = reader.unsigned(4);
  if (width === 0 || height === 0) refuse('its picture has no size.');
  const dropped = reader.unsigned(4);
  const stages = readStages(reader);
  const poses = readList(reader, readPose);
  const hands = readList(reader, readHand);
  reader.end();
  return {
    sequence,
    epoch,
    timestamp,
    width,
    height,
    poses,
    hands,
    dropped,
    timings: { capturedAt, stages },
  };
}

function readSafe(reader: ByteReader): number {
  const value = reader.float64();
  return Number.isSafeInteger(value) ? value : refuse('a number in it is not whole.');
}

function readList<T>(reader: ByteReader, read: (reader: ByteReader) => T): T[] {
  const count = reader.unsigned(2);
  const list: T[] = [];
  for (let index = 0; index < count; index += 1) list.push(read(reader));
  return list;
}

function readPose(reader: ByteReader): Pose {
  const id = readSafe(reader);
  const score = reader.float64();
  const landmarks = readExactLandmarks(reader);
  return { id, score, landmarks, worldLandmarks: readExactLandmarks(reader, landmarks) };
}

function readHand(reader: ByteReader): Hand {
  const poseId = readSafe(reader);
  const side = HAND_SIDES[reader.unsigned(1)] ?? refuse('a hand in it is neither left nor right.');
  const score = reader.float64();
  const timestamp = reader.float64();
  const landmarks = readExactLandmarks(reader);
  const worldLandmarks = readExactLandmarks(reader, landmarks);
  return { poseId, side, score, timestamp, landmarks, worldLandmarks };
}
