import type { JointAngles, PoseFrame } from '../pose/index.ts';
import type { WireBlocks } from './wire-header.ts';

/** Joint angles of everybody in a frame, in the order of `frame.poses`. */
export type WireAngles = readonly JointAngles[];

/** What to put on the wire besides everybody's image landmarks. */
export interface WireOptions {
  /** World landmarks of people and hands: 6 bytes each. Default: false. */
  readonly world?: boolean;
  /** Hands. Default: true. */
  readonly hands?: boolean;
  /** Milliseconds per stage. `capturedAt` is always there. Default: false. */
  readonly timings?: boolean;
  /** Joint angles, one entry per pose of the frame: `frame.poses.map((pose) => jointAngles(pose))`. Default: none. */
  readonly angles?: WireAngles;
}

/** A decoded wire frame. */
export interface WireFrame {
  /** The frame; what its blocks do not have is empty: no world landmarks, no hands, no stages. */
  readonly frame: PoseFrame;
  /** Tells what is empty because it was not sent from what is empty because there is none. */
  readonly blocks: WireBlocks;
  /** One entry per pose of the frame; none without the block. */
  readonly angles: WireAngles;
}
