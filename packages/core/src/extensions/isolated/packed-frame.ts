import type { Hand, Landmark, Pose, PoseFrame } from '../../pose/index.ts';

/** A frame as it is posted to workers: copying one block of memory is cheaper than copying hundreds of objects. */
export interface PackedFrame {
  /** Float64 values in the order in which `packFrame` writes them: exact, so that both hosts see the same numbers. */
  readonly values: ArrayBuffer;
  /** The names of `timings.stages`, whose numbers are among the values. */
  readonly stages: readonly string[];
}

/*
 * How much is written per landmark: x, y, z, visibility; with presence where every landmark of the list has one;
 * with a mark and presence where only some have.
 */
const PLAIN = 4;
const WITH_PRESENCE = 5;
const MIXED = 6;

/** Writes a frame's numbers one after the other. */
export function packFrame(frame: PoseFrame): PackedFrame {
  const stages = Object.keys(frame.timings.stages);
  const values: number[] = [
    frame.sequence,
    frame.epoch,
    frame.timestamp,
    frame.width,
    frame.height,
    frame.dropped,
    frame.timings.capturedAt,
  ];
  for (const stage of stages) values.push(frame.timings.stages[stage] ?? 0);
  values.push(frame.poses.length);
  for (const pose of frame.poses) {
    values.push(pose.id, pose.score);
    packLandmarks(values, pose.landmarks);
    packLandmarks(values, pose.worldLandmarks);
  }
  values.push(frame.hands.length);
  for (const hand of frame.hands) {
    values.push(hand.poseId, hand.side === 'left' ? 0 : 1, hand.score, hand.timestamp);
    packLandmarks(values, hand.landmarks);
    packLandmarks(values, hand.worldLandmarks);
  }
  return { values: Float64Array.from(values).buffer, stages };
}

function packLandmarks(values: number[], landmarks: readonly Landmark[]): void {
  const marked = landmarks.reduce((count, { presence }) => count + (presence === undefined ? 0 : 1), 0);
  const form = marked === 0 ? PLAIN : marked === landmarks.length ? WITH_PRESENCE : MIXED;
  values.push(landmarks.length, form);
  for (const { x, y, z, visibility, presence } of landmarks) {
    values.push(x, y, z, visibility);
    if (form === MIXED) values.push(presence === undefined ? 0 : 1);
    if (form !== PLAIN) values.push(presence ?? 0);
  }
}

/** Reads what `packFrame` wrote: another object with the same content. */
export function unpackFrame({ values, stages }: PackedFrame): PoseFrame {
  const reader = new ValueReader(new Float64Array(values));
  const sequence = reader.next();
  const epoch = reader.next();
  const timestamp = reader.next();
  const width = reader.next();
  const height = reader.next();
  const dropped = reader.next();
  const capturedAt = reader.next();
  const times = Object.fromEntries(stages.map((stage) => [stage, reader.next()]));
  const poses: Pose[] = [];
  for (let count = reader.next(); count > 0; count -= 1) {
    poses.push({
      id: reader.next(),
      score: reader.next(),
      landmarks: reader.landmarks(),
      worldLandmarks: reader.landmarks(),
    });
  }
  const hands: Hand[] = [];
  for (let count = reader.next(); count > 0; count -= 1) {
    hands.push({
      poseId: reader.next(),
      side: reader.next() === 0 ? 'left' : 'right',
      score: reader.next(),
      timestamp: reader.next(),
      landmarks: reader.landmarks(),
      worldLandmarks: reader.landmarks(),
    });
  }
  return {
    sequence,
    epoch,
    timestamp,
    width,
    height,
    poses,
    hands,
    dropped,
    timings: { capturedAt, stages: times },
  };
}

class ValueReader {
  readonly #values: Float64Array;
  #position = 0;

  constructor(values: Float64Array) {
    this.#values = values;
  }

  next(): number {
    const value = this.#values[this.#position] ?? 0;
    this.#position += 1;
    return value;
  }

  landmarks(): Landmark[] {
    const landmarks: Landmark[] = [];
    let count = this.next();
    const form = this.next();
    for (; count > 0; count -= 1) {
      const landmark = { x: this.next(), y: this.next(), z: this.next(), visibility: this.next() };
      const present = form === WITH_PRESENCE || (form === MIXED && this.next() === 1);
      const presence = form === PLAIN ? 0 : this.next();
      landmarks.push(present ? { ...landmark, presence } : landmark);
    }
    return landmarks;
  }
}
