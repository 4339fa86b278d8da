/**
 * One keypoint. In image landmarks x and y lie in [0, 1] of the image (origin top left; outside when the joint
 * is out of the picture) and z is in image widths, negative towards the camera. In world landmarks all three
 * are metres, origin between the hips, y down. These are MediaPipe's conventions; every engine is adapted to them.
 */
export interface Landmark {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Likelihood in [0, 1] that the joint is in the picture and not hidden; 0 when the engine does not know it. */
  readonly visibility: number;
  /** Likelihood in [0, 1] that the joint is in the picture at all; absent when the engine does not tell. */
  readonly presence?: number;
}

/** One person: 33 image landmarks and the same 33 in metres. */
export interface Pose {
  /** Stays with the person while they are in view, once people are tracked; before that, the engine's order. */
  readonly id: number;
  /** The engine's confidence in [0, 1] that this is a person. */
  readonly score: number;
  readonly landmarks: readonly Landmark[];
  readonly worldLandmarks: readonly Landmark[];
}

/** One hand of a person: 21 image landmarks and the same 21 in metres (origin: the hand's middle). */
export interface Hand {
  /** The `id` of the pose whose wrist this hand hangs on. */
  readonly poseId: number;
  /** The person's own side, as the body's wrists tell it. */
  readonly side: 'left' | 'right';
  readonly score: number;
  /** Hands are found at their own rate: the media time, in ms, of the frame they were found in. */
  readonly timestamp: number;
  readonly landmarks: readonly Landmark[];
  readonly worldLandmarks: readonly Landmark[];
}

/** Everything found in one frame of the source. Plain data: it can be cloned, posted and stored. */
export interface PoseFrame {
  /** +1 per emitted frame. */
  readonly sequence: number;
  /** Changes at every discontinuity (seek, loop, camera switch, gap over half a second, time going back). */
  readonly epoch: number;
  /** Milliseconds of the source's media time, strictly increasing within an epoch. */
  readonly timestamp: number;
  /** The source's size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly poses: readonly Pose[];
  readonly hands: readonly Hand[];
  /** Source frames skipped since the previous `PoseFrame`. */
  readonly dropped: number;
  readonly timings: FrameTimings;
}

export interface FrameTimings {
  /** When the camera or decoder gave the frame, in ms since the Unix epoch. */
  readonly capturedAt: number;
  /** Milliseconds spent per stage: `decode`, `resize`, `body`, `hands`, `smoothing` … */
  readonly stages: Readonly<Record<string, number>>;
}
